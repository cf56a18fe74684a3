import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { OWNER, readPostmaster, stopServer } from './control.js';
import { findCluster, prepareDataFolder, unusable } from './place.js';
import { isServerOf } from './process.js';
import {
  ensureRunning,
  withServerLock,
  type EmbeddedOptions,
  type RunningServer,
} from './server.js';

/** Every process that uses the server holds this shared lock in the database `postgres`. */
const IN_USE = 7_305_120;

const REVIVE_FIRST_MS = 200;
const REVIVE_LAST_MS = 5_000;

export interface EmbeddedServer {
  /** The owner's address of the gateway's database; contains a password. */
  readonly url: string;
  /** The actual location of the data and the server's log. */
  readonly folder: string;
  /** Ends the use of the server; the last process to leave stops it. May be called twice. */
  leave(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL of a data folder, or joins it if it is running. The server is a daemon: a killed
 * process leaves it running, and the next start adopts it. While this process uses the server, it restarts it on the
 * same port if it ends.
 *
 * @throws AppError DATA_FOLDER_UNUSABLE or DATABASE_START_FAILED
 */
export async function startEmbedded(
  dataDir: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const use = new ServerUse(await prepareDataFolder(dataDir), options);
  const server = await use.begin();
  let leaving: Promise<void> | undefined;
  return {
    url: server.url(OWNER),
    folder: server.place.home,
    leave: () => (leaving ??= use.end()),
  };
}

/**
 * Whether the embedded PostgreSQL of a data folder is running, and so in use by a process. Starts and writes nothing.
 *
 * @throws AppError DATA_FOLDER_UNUSABLE
 */
export async function isEmbeddedRunning(dataDir: string): Promise<boolean> {
  try {
    const cluster = await findCluster(dataDir);
    const postmaster = cluster === null ? null : await readPostmaster(cluster);
    if (cluster === null || postmaster === null) return false;
    return await isServerOf(postmaster.pid, cluster);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

/** Marks the server as used by this process: a session whose lock the server releases when the process dies. */
class ServerUse {
  private session: pg.Client | undefined;
  private cluster = '';
  private readonly ending = new AbortController();

  constructor(
    private readonly dataDir: string,
    private readonly options: EmbeddedOptions,
  ) {}

  begin(): Promise<RunningServer> {
    return withServerLock(this.dataDir, async () => {
      this.ending.signal.throwIfAborted();
      const server = await ensureRunning(this.dataDir, this.options);
      this.cluster = server.place.cluster;
      await this.hold(server.url('postgres'));
      return server;
    });
  }

  private async hold(url: string): Promise<void> {
    const session = new pg.Client({ connectionString: url, keepAlive: true });
    session.on('error', () => undefined);
    await session.connect();
    await session.query('SELECT pg_advisory_lock_shared($1)', [IN_USE]);
    session.once('end', () => void this.revive());
    this.session = session;
  }

  private async revive(): Promise<void> {
    this.session = undefined;
    const { signal } = this.ending;
    let wait = REVIVE_FIRST_MS;
    while (!signal.aborted) {
      await pause(wait, undefined, { ref: false, signal }).catch(() => undefined);
      const back = await this.begin().catch(() => null);
      if (back !== null) return;
      wait = Math.min(wait * 2, REVIVE_LAST_MS);
    }
  }

  async end(): Promise<void> {
    this.ending.abort();
    await withServerLock(this.dataDir, async () => {
      const { session } = this;
      if (session === undefined) return;
      const last = await isLast(session).catch(() => false);
      await session.end().catch(() => undefined);
      if (last) await stopServer(this.cluster);
    });
  }
}

async function isLast(session: pg.Client): Promise<boolean> {
  await session.query('SELECT pg_advisory_unlock_shared($1)', [IN_USE]);
  const { rows } = await session.query<{ alone: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS alone',
    [IN_USE],
  );
  return rows[0]?.alone === true;
}
