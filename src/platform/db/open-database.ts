import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import { startEmbedded } from './embedded/start-embedded.js';
import { faultDetail, isConnectionFault } from './faults.js';
import type { OnBlocked } from './lock-retries.js';
import { migrate } from './migrate.js';
import {
  createDataSource,
  createReadPool,
  NO_MIGRATIONS,
  singleClient,
  type DatabaseOptions,
  type DatabaseSettings,
} from './pools.js';
import { checkLimits, checkReader, checkWriter } from './login-checks.js';
import { ownerAddress, withLoginOf } from './addresses.js';
import { checkEncoding } from './encoding.js';
import { ensureLogin, type LoginKind, READER, WRITER } from './logins.js';
import { openReaders } from './open-readers.js';
import { isTransactionPooled } from './pooler.js';
import type { ReadServers } from './read-servers.js';
import { checkSameDatabase } from './same-database.js';
import { sessionLimits } from './session-limits.js';

/** The oldest PostgreSQL that the migrations are written for. */
const OLDEST_VERSION = 150_000;

interface Connected {
  readonly dataSource: DataSource;
  /** For a client of one's own, with a session: with the login of `dataSource`. Holds a password: never log it. */
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
  /** The same on the primary, for what a replica may not know yet; the same pool without replicas. */
  readonly primaryReadPool: pg.Pool;
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
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_NOT_UTF8, DATABASE_MISMATCH; DATA_FOLDER_UNUSABLE and
 *   DATABASE_START_FAILED of the embedded server
 */
export async function openOwner(
  settings: DatabaseSettings,
  options: DatabaseOptions = {},
): Promise<OwnerDatabase> {
  const embedded =
    settings.databaseUrl === undefined ? await startEmbedded(settings.dataDir) : null;
  const url = embedded?.url ?? ownerAddress(settings);
  try {
    await awaitServer(url, settings.databaseWaitMs);
    if (embedded === null) await checkPoolers(url, settings);
    await checkSameDatabase(url, settings);
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
    const addresses = await prepare(owner, settings, options.onBlocked);
    await owner.dataSource.destroy();
    return await openPools(owner, addresses, settings, options);
  } catch (error) {
    await owner.close();
    throw error;
  }
}

/** They hold passwords: never log them. */
interface Addresses {
  readonly reader: string;
  readonly writer: string;
  /** With the writer's login, and a session of its own for each connection. */
  readonly listener: string;
}

async function prepare(
  { dataSource, url }: OwnerDatabase,
  settings: DatabaseSettings,
  onBlocked?: OnBlocked,
): Promise<Addresses> {
  const { databaseUrl, databaseListenUrl } = settings;
  let { databaseReaderUrl: reader, databaseWriterUrl: writer } = settings;
  const then = async (runner: QueryRunner): Promise<void> => {
    const makeLogin = async (kind: LoginKind, timeoutMs: number) => {
      const made = await ensureLogin(runner, url, kind, sessionLimits(timeoutMs));
      return databaseUrl === undefined ? made : withLoginOf(made, databaseUrl);
    };
    reader ??= await makeLogin(READER, settings.statementTimeoutMs);
    writer ??= await makeLogin(WRITER, settings.writeStatementTimeoutMs);
  };
  await migrate(dataSource, 'up', { then, onBlocked });
  const addresses = { reader: reader ?? '', writer: writer ?? '' };
  await Promise.all([checkReader(addresses.reader), checkWriter(addresses.writer)]);
  if (settings.databasePooler) {
    await Promise.all([checkLimits(addresses.reader), checkLimits(addresses.writer)]);
  }
  const { writer: login } = addresses;
  const listener = databaseListenUrl === undefined ? login : withLoginOf(login, databaseListenUrl);
  return { ...addresses, listener };
}

/**
 * @throws AppError DATABASE_POOLER_UNDECLARED, DATABASE_LISTEN_POOLED where what needs a session would have none
 */
export async function checkPoolers(
  url: string,
  { databaseUrl = url, databaseListenUrl, databasePooler }: DatabaseSettings,
): Promise<void> {
  const isListen = databaseListenUrl !== undefined;
  if (await isTransactionPooled(url)) {
    const code = isListen ? 'DATABASE_LISTEN_POOLED' : 'DATABASE_POOLER_UNDECLARED';
    throw new AppError(code, { host: new URL(url).host });
  }
  if (isListen && !databasePooler && (await isTransactionPooled(databaseUrl))) {
    throw new AppError('DATABASE_POOLER_UNDECLARED', { host: new URL(databaseUrl).host });
  }
}

async function openPools(
  owner: OwnerDatabase,
  { reader, writer, listener }: Addresses,
  settings: DatabaseSettings,
  { entities, observer }: DatabaseOptions,
): Promise<Database> {
  const dataSource = await createDataSource(writer, settings, {
    ...(entities && { entities }),
    ...(observer && { observer }),
    migrations: NO_MIGRATIONS,
  }).initialize();
  const readers = await openReaders(reader, listener, settings, observer);
  const staffPool = createReadPool(writer, settings, { name: 'staff', observer });
  const close = async (): Promise<void> => {
    await Promise.allSettled([readers.readPool.end(), staffPool.end(), dataSource.destroy()]);
    await owner.close();
  };
  return {
    dataSource,
    url: listener,
    ...readers,
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
export async function awaitServer(url: string, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
    try {
      return await checkVersion(url);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (!isConnectionFault(error) || performance.now() + wait > deadline) {
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
    if (found !== undefined && found.number < OLDEST_VERSION) {
      throw new AppError('DATABASE_TOO_OLD', { version: found.version });
    }
    await checkEncoding(client);
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
