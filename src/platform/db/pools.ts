import pg from 'pg';
import type { Logger as Log } from 'pino';
import { DataSource, type Logger } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import type { OnBlocked } from './lock-retries.js';
import { GATEWAY_MIGRATIONS, migrationClasses, type MigrationSource } from './migrations.js';
import { GENERIC_PLANS, limited, type SessionLimits, sessionLimits } from './session-limits.js';
import { observedClient, type PoolName, type StatementObserver } from './observed-client.js';

/** The settings that the database needs; `Config` has all of them. */
export interface DatabaseSettings {
  /** The data folder of the embedded server if `databaseUrl` is not set. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databaseReaderUrl: string | undefined;
  readonly databaseWriterUrl: string | undefined;
  /** Bypasses the pooler of `databaseUrl`, for work that needs a session: migrations, locks, LISTEN. No login. */
  readonly databaseListenUrl?: string | undefined;
  /** The other addresses lead through a connection pooler that assigns connections by transaction. */
  readonly databasePooler?: 'transaction' | undefined;
  /** Replicas for readers; may contain passwords. */
  readonly databaseReplicaUrls?: readonly string[];
  readonly databaseWaitMs: number;
  /** The timeout for opening a connection; 5 s by default. */
  readonly connectMs?: number;
  readonly readPoolSize: number;
  readonly writePoolSize: number;
  readonly statementTimeoutMs: number;
  readonly writeStatementTimeoutMs: number;
}

/** TypeORM's row classes. */
export type EntityClass = new (...args: never[]) => object;

/** What allows a start for readers only. */
export interface ReadersOnlyOptions {
  /** As in DATABASE_REPLICA_URLS: databases for readers while the primary is away. */
  readonly replicaUrls: readonly string[];
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export interface DatabaseOptions {
  readonly entities?: readonly EntityClass[];
  /** Migrations other than the gateway's are for tests of this folder. */
  readonly migrations?: MigrationSource;
  /** Notified of every statement of the pools. */
  readonly observer?: StatementObserver;
  /** Called whenever a migration could not get a lock and will be retried. */
  readonly onBlocked?: OnBlocked;
  /** Allows a node to start for readers only if it cannot do everything. */
  readonly readersOnly?: ReadersOnlyOptions;
  /** Every transaction of the data source is read-only. */
  readonly isReadOnly?: boolean;
}

/** For a login that may not migrate. */
export const NO_MIGRATIONS: MigrationSource = { ...GATEWAY_MIGRATIONS, names: [] };

const DATE = 1082;
const INT8 = 20;

/**
 * Dates stay the `YYYY-MM-DD` that the database sent: as a JavaScript `Date` they would depend on the host's time zone.
 * Counts are numbers if a number can represent them.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary' && oid === DATE) return (value: string) => value;
    if (format !== 'binary' && oid === INT8) return parseInt8;
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

function parseInt8(value: string): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const READ_ONLY: SessionLimits = { default_transaction_read_only: 'on' };

const CONNECT_MS = 5_000;

const connection = { types, keepAlive: true, connectionTimeoutMillis: CONNECT_MS };

function connectionOf(
  { connectMs = CONNECT_MS, databasePooler }: DatabaseSettings,
  statementTimeoutMs: number,
  others: SessionLimits = {},
  ofSession: SessionLimits = {},
): pg.PoolConfig {
  const isSession = databasePooler === undefined;
  const limits = { ...sessionLimits(statementTimeoutMs), ...others };
  return {
    ...connection,
    connectionTimeoutMillis: connectMs,
    ...limited(limits, isSession, ofSession),
  };
}

/** A separate client outside the pools: for LISTEN, for a lock, for a check before the pools exist. */
export function singleClient(url: string, options: pg.ClientConfig = {}): pg.Client {
  const client = new pg.Client({ ...connection, ...options, connectionString: url });
  // Without a listener, a broken connection would end the process.
  client.on('error', () => undefined);
  return client;
}

/** Faults are thrown, and reported by the code that catches them; TypeORM would print some of them too. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

export function createDataSource(
  url: string,
  settings: DatabaseSettings,
  { entities = [], migrations = GATEWAY_MIGRATIONS, observer, isReadOnly }: DatabaseOptions,
): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    entities: [...entities] as never[],
    migrations: migrationClasses(migrations),
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logger: silent,
    applicationName: 'oas-release-gateway',
    poolSize: settings.writePoolSize,
    // A connection that breaks while idle has already left the pool; the next query opens another.
    poolErrorHandler: () => undefined,
    migrationsTableName: 'platform.migration',
    extra: {
      ...connectionOf(settings, settings.writeStatementTimeoutMs, isReadOnly ? READ_ONLY : {}),
      ...(observer && { Client: observedClient('writer', observer) }),
    },
  });
}

export function createReadPool(
  url: string,
  settings: DatabaseSettings,
  { name, observer }: { name: PoolName; observer: StatementObserver | undefined },
): pg.Pool {
  const pool = new pg.Pool({
    ...connectionOf(settings, settings.statementTimeoutMs, {}, GENERIC_PLANS),
    connectionString: url,
    application_name: 'oas-release-gateway reader',
    ...(observer && { Client: observedClient(name, observer) }),
    max: settings.readPoolSize,
    // For a server that no longer responds, and so does not enforce its own limit.
    query_timeout: settings.statementTimeoutMs + 2_000,
  });
  pool.on('error', () => undefined);
  return pool;
}

/** For nodes that serve no staff: its connections are never opened. */
export function createRefusingPool(): pg.Pool {
  class RefusingClient extends pg.Client {}
  const connect = (callback: (error: Error) => void): void =>
    callback(new AppError('DATABASE_UNAVAILABLE'));
  RefusingClient.prototype.connect = connect as typeof pg.Client.prototype.connect;
  return new pg.Pool({ Client: RefusingClient });
}
