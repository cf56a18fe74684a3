import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rm } from 'node:fs/promises';
import pg from 'pg';
import { AppError } from '../../../kernel/errors.js';
import {
  ensureCluster,
  findFreePort,
  lastLines,
  launchServer,
  OWNER,
  readPostmaster,
  resetPassword,
  startFailed,
} from './control.js';
import { withFileLock } from './file-lock.js';
import { choosePlace, unusable, writeRecord, type Place } from './place.js';
import { isAlive, isServerOf } from './process.js';

const START_MS = 90_000;
const START_ATTEMPTS = 5;

export interface EmbeddedOptions {
  /** `false` trades safety against power cuts for speed: tests only. */
  readonly durable?: boolean;
}

export interface RunningServer {
  readonly place: Place;
  readonly port: number;
  /** The owner's login; contains the password. */
  readonly url: (database: string) => string;
}

/**
 * The file lock under which servers of this data folder are started and stopped. Here and below, `dataDir` is the
 * result of {@link prepareDataFolder}.
 */
export function withServerLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  return withFileLock(join(dataDir, 'postgres.lock'), work).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === 'EACCES' || code === 'EROFS' ? unusable(dataDir, error) : error;
  });
}

/**
 * Creates the cluster if there is none, and starts its server unless it is already running. Call it under
 * {@link withServerLock}.
 *
 * @throws AppError DATA_FOLDER_UNUSABLE or DATABASE_START_FAILED
 */
export async function ensureRunning(
  dataDir: string,
  { durable = true }: EmbeddedOptions = {},
): Promise<RunningServer> {
  const place = await choosePlace(dataDir);
  const fresh = await ensureCluster(place, durable);
  if (place.recordIsNew && !fresh) await resetPassword(place);
  const port = await bringUp(place, durable);
  if (port !== place.record.port) await writeRecord(place.recordPath, { ...place.record, port });
  const login = `postgres://${OWNER}:${encodeURIComponent(place.record.password)}`;
  const url = (database: string) => `${login}@127.0.0.1:${port}/${database}`;
  await createDatabase(url('postgres'));
  return { place, port, url };
}

async function bringUp(place: Place, durable: boolean): Promise<number> {
  const deadline = performance.now() + START_MS;
  let launches = 0;
  let ended = 'running';
  while (performance.now() < deadline) {
    const postmaster = await readPostmaster(place.cluster);
    const alive = postmaster !== null && (await isServerOf(postmaster.pid, place.cluster));
    if (alive && (await isReachable(place, postmaster.port))) return postmaster.port;
    if (postmaster !== null && !alive && isAlive(postmaster.pid)) {
      // The process id in the file now belongs to another program, which PostgreSQL would take for a server.
      await rm(join(place.cluster, 'postmaster.pid'), { force: true });
    }
    if (!alive && (launches === 0 || ended !== 'running')) {
      if (launches === START_ATTEMPTS) break;
      // A second launch right after the first would probably fail for the same reason.
      if (launches > 0) await pause(300 * launches);
      launches += 1;
      ended = 'running';
      const port = await findFreePort(place.record.port);
      void (await launchServer(place, port, durable)).ended.then((reason) => (ended = reason));
    }
    await pause(25);
  }
  throw startFailed((await lastLines(place.log)) || ended);
}

/** Whether the server accepts logins yet. */
async function isReachable(place: Place, port: number): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: OWNER,
    password: place.record.password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // A refused login does not succeed later.
    if ((error as { code?: string }).code === '28P01') throw startFailed((error as Error).message);
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
  } catch (error) {
    throw new AppError(
      'DATABASE_START_FAILED',
      { detail: (error as Error).message },
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
