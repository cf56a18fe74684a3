import { setTimeout as pause } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import { awaitPrimary, type Prepared } from './await-primary.js';
import { startEmbedded } from './embedded/start-embedded.js';
import { faultDetail, isConnectionFault } from './faults.js';
import type { OnBlocked } from './lock-retries.js';
import { migrate } from './migrate.js';
import {
  createDataSource,
  type DatabaseOptions,
  type DatabaseSettings,
  type ReadersOnlyOptions,
} from './pools.js';
import { checkLimits, checkReader, checkWriter } from './login-checks.js';
import { ownerAddress, withLoginOf } from './addresses.js';
import { checkEncoding } from './encoding.js';
import { ensureLogin, type LoginKind, READER, WRITER } from './logins.js';
import {
  type Database,
  type Mode,
  once,
  openPools,
  type OwnerDatabase,
  withClient,
} from './open-pools.js';
import { isTransactionPooled } from './pooler.js';
import {
  type Addresses,
  findLogins,
  findReplica,
  type Found,
  isPrimaryAway,
  PRIMARY_WAIT_MS,
  writerOn,
} from './readers-only.js';
import { checkSameDatabase } from './same-database.js';
import { sessionLimits } from './session-limits.js';

/** The oldest version of PostgreSQL that the migrations support. */
const OLDEST_VERSION = 150_000;

/**
 * Connects as the owner, without migrating: for `gateway migrate` and the like.
 *
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_NOT_UTF8, DATABASE_MISMATCH; for the embedded
 *   server also DATA_FOLDER_UNUSABLE, DATABASE_START_FAILED
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
 * Opens the database for a node: connects, waits for a server that is just starting, migrates, ensures the logins of
 * readers and of the application, and checks that they have no more rights than they need. If `options` allow it, a
 * node whose primary is away, or whose database was migrated by a newer program that still allows it to read, starts
 * for readers only.
 *
 * @throws AppError as {@link openOwner} and `migrate`, and DATABASE_READER_TOO_STRONG,
 *   DATABASE_WRITER_TOO_STRONG, DATABASE_REPLICA_BEHIND
 */
export async function openDatabase(
  settings: DatabaseSettings,
  options: DatabaseOptions = {},
): Promise<Database> {
  const { readersOnly } = options;
  if (!readersOnly) return openFull(settings, options);
  const { databaseWaitMs } = settings;
  const hasReplicas = readersOnly.replicaUrls.length > 0;
  const firstWaitMs = hasReplicas ? Math.min(databaseWaitMs, PRIMARY_WAIT_MS) : databaseWaitMs;
  try {
    return await openFull({ ...settings, databaseWaitMs: firstWaitMs }, options);
  } catch (error) {
    if (isNewer(error)) return openBesideNewer(settings, options);
    if (!hasReplicas || !isPrimaryAway(error)) throw error;
    const found = await findReplica(settings, readersOnly, options.migrations);
    if (found) return openOnReplica(found, settings, options, readersOnly);
    return openFull(settings, options);
  }
}

async function openFull(settings: DatabaseSettings, options: DatabaseOptions): Promise<Database> {
  const owner = await openOwner(settings, options);
  try {
    const addresses = await prepare(owner, settings, options.onBlocked);
    await owner.dataSource.destroy();
    return await openPools(
      owner,
      { ...addresses, dataSource: addresses.writer },
      settings,
      options,
    );
  } catch (error) {
    await owner.close();
    throw error;
  }
}

function isNewer(error: unknown): boolean {
  return error instanceof AppError && error.reason === 'DATABASE_NEWER_THAN_PROGRAM';
}

/** @throws AppError DATABASE_NEWER_THAN_PROGRAM if that program does not even allow this one to read */
async function openBesideNewer(
  settings: DatabaseSettings,
  options: DatabaseOptions,
): Promise<Database> {
  const owner = await openOwner(settings, options);
  try {
    await owner.dataSource.destroy();
    const { addresses, version } = await findLogins(owner.url, settings, options.migrations);
    options.readersOnly?.log.warn(
      'A newer version of the gateway has migrated the database: this node serves readers only',
    );
    const mode: Mode = {
      reason: 'NEWER_DATABASE',
      version,
      primary: new Promise(() => undefined),
    };
    // Its data source is set to read-only by session, so it needs sessions.
    const sessions = { ...settings, databasePooler: undefined };
    const all = { ...addresses, dataSource: addresses.listener };
    return await openPools(owner, all, sessions, options, mode);
  } catch (error) {
    await owner.close();
    throw error;
  }
}

async function openOnReplica(
  { owner, addresses, version }: Found,
  settings: DatabaseSettings,
  options: DatabaseOptions,
  readersOnly: ReadersOnlyOptions,
): Promise<Database> {
  const { log } = readersOnly;
  log.warn(
    { replica: new URL(owner).host },
    'The primary database server is away: this node serves readers only, from replicas',
  );
  const stopping = new AbortController();
  const prepareAgain = async (): Promise<Prepared> => {
    const primary = await openOwner({ ...settings, databaseWaitMs: 0 }, options);
    try {
      return { owner: primary.url, addresses: await prepare(primary, settings, options.onBlocked) };
    } finally {
      await primary.close();
    }
  };
  const primary = awaitPrimary(prepareAgain, addresses, readersOnly, stopping.signal);
  void primary.then((url) => {
    if (url !== null) log.info('The primary database server is back: this node does everything');
  });
  const connected = {
    url: owner,
    embeddedFolder: null,
    close: async (): Promise<void> => stopping.abort(),
  };
  const all = { ...addresses, dataSource: writerOn(owner, addresses) };
  const mode: Mode = { reason: 'PRIMARY_AWAY', version, primary };
  return openPools(connected, all, settings, options, mode);
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
 * @throws AppError DATABASE_POOLER_UNDECLARED, DATABASE_LISTEN_POOLED if work that needs a session would have none
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

/** A refused login is final; a server that does not respond may be starting. */
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
