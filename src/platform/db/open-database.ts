import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import { startEmbedded } from './embedded/start-embedded.js';
import { faultDetail, isConnectionFault } from './faults.js';
import { migrate } from './migrate.js';
import {
  createDataSource,
  createReadPool,
  NO_MIGRATIONS,
  singleClient,
  type DatabaseOptions,
  type DatabaseSettings,
} from './pools.js';
import { checkReader, checkWriter } from './login-checks.js';
import { ensureLogin, READER, WRITER } from './logins.js';
import { openReaders } from './open-readers.js';
import type { ReadServers } from './read-servers.js';

/** The oldest PostgreSQL that the migrations are written for. */
const OLDEST_VERSION = 150_000;

interface Connected {
  readonly dataSource: DataSource;
  /** The address that `dataSource` connects to, for a client of one's own. Holds a password: never log it. */
  readonly url: string;
  /** Where the embedded server keeps its data; null on another server. */
  readonly embeddedFolder: string | null;
  /** Closes the pools and leaves the embedded server. May be called twice; never rejects. */
  close(): Promise<void>;
}

/** With the login that owns everything, for migrations. */
export type OwnerDatabase = Connected;

/** With a login for each purpose, that may do what the purpose needs and no more. */
export interface Database extends Connected {
  /** Connections that may SELECT in the readers' schemas and nothing else. */
  readonly readPool: pg.Pool;
  /** Where `readPool` takes them from; null without replicas. */
  readonly readServers: ReadServers | null;
  /** Connections for what staff read: the authoring side. */
  readonly staffPool: pg.Pool;
  /** Does, over a connection of its own, what only the owner may; it is not for requests. */
  readonly asOwner: <T>(work: (owner: pg.Client) => Promise<T>) => Promise<T>;
}

/**
 * Connects as the owner, without migrating: for `gateway migrate` and the like.
 *
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_TOO_OLD; DATA_FOLDER_UNUSABLE and
 *   DATABASE_START_FAILED of the embedded server
 */
export async function openOwner(
  settings: DatabaseSettings,
  options: DatabaseOptions = {},
): Promise<OwnerDatabase> {
  const embedded =
    settings.databaseUrl === undefined ? await startEmbedded(settings.dataDir) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  try {
    await awaitServer(url, settings.databaseWaitMs);
    const dataSource = await createDataSource(url, settings, options).initialize();
    const close = async (): Promise<void> => {
      if (dataSource.isInitialized) await dataSource.destroy().catch(() => undefined);
      await embedded?.leave().catch(() => undefined);
    };
    return { dataSource, url, embeddedFolder: embedded?.folder ?? null, close: once(close) };
  } catch (error) {
    await embedded?.leave().catch(() => undefined);
    throw error;
  }
}

/**
 * Everything that the gateway needs of its database: connects, waits a while for a server that is
 * just starting, migrates, sees to the logins of readers and of the application, and checks that
 * they may do no more than they need.
 *
 * @throws AppError as {@link openOwner} and `migrate`, and DATABASE_READER_TOO_STRONG,
 *   DATABASE_WRITER_TOO_STRONG
 */
export async function openDatabase(
  settings: DatabaseSettings,
  options: DatabaseOptions = {},
): Promise<Database> {
  const owner = await openOwner(settings, options);
  try {
    const { reader, writer } = await prepare(owner, settings);
    await owner.dataSource.destroy();
    return await openPools(owner, { reader, writer }, settings, options);
  } catch (error) {
    await owner.close();
    throw error;
  }
}

interface Addresses {
  readonly reader: string;
  readonly writer: string;
}

async function prepare(
  { dataSource, url }: OwnerDatabase,
  { databaseReaderUrl, databaseWriterUrl }: DatabaseSettings,
): Promise<Addresses> {
  let reader = databaseReaderUrl;
  let writer = databaseWriterUrl;
  await migrate(dataSource, 'up', async (runner) => {
    reader ??= await ensureLogin(runner, url, READER);
    writer ??= await ensureLogin(runner, url, WRITER);
  });
  const addresses = { reader: reader ?? '', writer: writer ?? '' };
  await Promise.all([checkReader(addresses.reader), checkWriter(addresses.writer)]);
  return addresses;
}

async function openPools(
  owner: OwnerDatabase,
  { reader, writer }: Addresses,
  settings: DatabaseSettings,
  { entities, observer }: DatabaseOptions,
): Promise<Database> {
  const dataSource = await createDataSource(writer, settings, {
    ...(entities && { entities }),
    ...(observer && { observer }),
    migrations: NO_MIGRATIONS,
  }).initialize();
  const { readPool, readServers } = await openReaders(reader, writer, settings, observer);
  const staffPool = createReadPool(writer, settings, { name: 'staff', observer });
  const close = async (): Promise<void> => {
    await Promise.allSettled([readPool.end(), staffPool.end(), dataSource.destroy()]);
    await owner.close();
  };
  return {
    dataSource,
    url: writer,
    readPool,
    readServers,
    staffPool,
    asOwner: (work) => withClient(owner.url, work),
    embeddedFolder: owner.embeddedFolder,
    close: once(close),
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

/** A refused login is final; a server that does not answer may be on its way up. */
async function awaitServer(url: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
    try {
      return await checkVersion(url);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (!isConnectionFault(error) || Date.now() + wait > deadline) {
        throw new AppError(
          'DATABASE_UNREACHABLE',
          { host: new URL(url).host, detail: faultDetail(error, url) },
          { cause: error },
        );
      }
      await pause(wait);
    }
  }
}

async function checkVersion(url: string): Promise<void> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ number: number; version: string }>(
      `SELECT current_setting('server_version_num')::int AS number,
              current_setting('server_version') AS version`,
    );
    const [found] = rows;
    if (found === undefined || found.number >= OLDEST_VERSION) return;
    throw new AppError('DATABASE_TOO_OLD', { version: found.version });
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = singleClient(url);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
