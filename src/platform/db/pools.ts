import pg from 'pg';
import type { Logger as Log } from 'pino';
import { DataSource, type Logger } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import type { OnBlocked } from './lock-retries.js';
import { GATEWAY_MIGRATIONS, migrationClasses, type MigrationSource } from './migrations.js';
import { GENERIC_PLANS, limited, type SessionLimits, sessionLimits } from './session-limits.js';
import { observedClient, type PoolName, type StatementObserver } from './observed-client.js';

/** What the database needs to know of the program's settings; `Config` has all of it. */
export interface DatabaseSettings {
  /** Where the embedded server keeps its data when `databaseUrl` is not set. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databaseReaderUrl: string | undefined;
  readonly databaseWriterUrl: string | undefined;
  /** The database without the pooler of `databaseUrl`, for what needs a session: migrations, locks, LISTEN. No login. */
  readonly databaseListenUrl?: string | undefined;
  /** The other addresses lead through a connection pooler that gives out connections by the transaction. */
  readonly databasePooler?: 'transaction' | undefined;
  /** Replicas that readers are sent to; they may hold passwords. */
  readonly databaseReplicaUrls?: readonly string[];
  readonly databaseWaitMs: number;
  /** How long one connection may take to be made; 5 s by default. */
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
  /** As in DATABASE_REPLICA_URLS: where readers find the database while the primary is away. */
  readonly replicaUrls: readonly string[];
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export interface DatabaseOptions {
  readonly entities?: readonly EntityClass[];
  /** Others than the gateway's own are for tests of this folder. */
  readonly migrations?: MigrationSource;
  /** Is told of every statement of the pools. */
  readonly observer?: StatementObserver;
  /** Is notified whenever a migration could not have a lock and is going to be tried again. */
  readonly onBlocked?: OnBlocked;
  /** Lets a node start for readers only where it cannot do everything. */
  readonly readersOnly?: ReadersOnlyOptions;
  /** Every transaction of the data source is read-only. */
  readonly isReadOnly?: boolean;
}

/** For a login that may not migrate. */
export const NO_MIGRATIONS: MigrationSource = { ...GATEWAY_MIGRATIONS, names: [] };

const DATE = 1082;
const INT8 = 20;

/**
 * Dates stay the `YYYY-MM-DD` that the database sent: as a JavaScript `Date` they would move with
 * the host's time zone. Counts come as numbers where a number can hold them.
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

/** A client of one's own, outside the pools: for LISTEN, for a lock, for a first look. */
export function singleClient(url: string, options: pg.ClientConfig = {}): pg.Client {
  const client = new pg.Client({ ...connection, ...options, connectionString: url });
  // Without a listener a connection that breaks would end the process.
  client.on('error', () => undefined);
  return client;
}

/** Faults are thrown, and reported by whoever catches them; TypeORM would print some of them too. */
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
    // A connection that breaks while idle has left the pool by then; the next query opens another.
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
    // For a server that has gone silent, and so cannot keep its own time limit.
    query_timeout: settings.statementTimeoutMs + 2_000,
  });
  pool.on('error', () => undefined);
  return pool;
}

/** Where nobody of the staff is served: its connections are never made. */
export function createRefusingPool(): pg.Pool {
  class RefusingClient extends pg.Client {}
  const connect = (callback: (error: Error) => void): void =>
    callback(new AppError('DATABASE_UNAVAILABLE'));
  RefusingClient.prototype.connect = connect as typeof pg.Client.prototype.connect;
  return new pg.Pool({ Client: RefusingClient });
}
