import type pg from 'pg';

import { AppError } from '../../kernel/errors.js';
import { hasLogin, withLogin, withLoginOf } from './addresses.js';
import { migrationState, type Run } from './compatibility.js';
import { isConnectionFault } from './faults.js';
import { type LoginKind, READER, WRITER } from './logins.js';
import { newer } from './migrate.js';
import { GATEWAY_MIGRATIONS, type MigrationSource, recordedName } from './migrations.js';
import { type DatabaseSettings, type ReadersOnlyOptions, singleClient } from './pools.js';
import type { ServerVersion } from './read-server.js';

/** Why a node serves readers only. */
export type ReadersOnlyReason = 'PRIMARY_AWAY' | 'NEWER_DATABASE';

/** The state of a node that started for readers only. */
export interface ReadersOnly {
  readonly reason: ReadersOnlyReason;
  /** Whether the node can do everything by now. */
  readonly isOver: boolean;
  /** Resolves when the node can do everything; never with a newer database. */
  readonly over: Promise<void>;
}

/** How long a start waits for the primary before it uses a replica, in milliseconds. */
export const PRIMARY_WAIT_MS = 2_000;

/** They contain passwords: never log them. */
export interface Addresses {
  readonly reader: string;
  readonly writer: string;
  /** With the writer's login, and a session for each connection. */
  readonly listener: string;
}

/** The state of a server as the owner's login reads it, without changing anything. */
export interface Found {
  /** The owner's address of it. Contains a password: never log it. */
  readonly owner: string;
  readonly addresses: Addresses;
  readonly version: ServerVersion | null;
}

/** Whether the only fault is that the server cannot be reached. */
export function isPrimaryAway(error: unknown): boolean {
  const isNamed = error instanceof AppError && error.reason === 'DATABASE_UNREACHABLE';
  return isConnectionFault(isNamed ? error.cause : error);
}

/**
 * The first replica that is reachable with the owner's login.
 *
 * @returns null if there is none
 * @throws AppError DATABASE_NEWER_THAN_PROGRAM, DATABASE_REPLICA_BEHIND
 */
export async function findReplica(
  settings: DatabaseSettings,
  { replicaUrls }: ReadersOnlyOptions,
  migrations?: MigrationSource,
): Promise<Found | null> {
  for (const url of replicaUrls) {
    const owner = withLoginOf(settings.databaseUrl ?? '', url);
    try {
      return await findLogins(owner, settings, migrations);
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
    }
  }
  return null;
}

/**
 * The logins that readers need, as they are stored in the database.
 *
 * @throws AppError DATABASE_NEWER_THAN_PROGRAM, DATABASE_REPLICA_BEHIND
 */
export async function findLogins(
  owner: string,
  settings: DatabaseSettings,
  { names }: MigrationSource = GATEWAY_MIGRATIONS,
): Promise<Found> {
  const client = singleClient(owner);
  try {
    await client.connect();
    const run: Run = async <T extends object>(text: string, values?: unknown[]) =>
      (await client.query<T>(text, values)).rows;
    const state = await migrationState(run, names.map(recordedName));
    if (state.allowed === 'NONE') throw newer(state);
    if (state.pending.length > 0) throw behind(owner, state.pending);
    const addresses = await addressesOf(client, settings.databaseUrl ?? owner, settings);
    const [version = null] = await run<ServerVersion>(VERSION);
    return { owner, addresses, version };
  } finally {
    await client.end().catch(() => undefined);
  }
}

const VERSION = `
  SELECT seq, published.change_id(seq) AS id, database_id AS database
    FROM published.change_log_head`;

async function addressesOf(
  client: pg.Client,
  primary: string,
  { databaseReaderUrl, databaseWriterUrl, databaseListenUrl }: DatabaseSettings,
): Promise<Addresses> {
  const find = async ({ secret }: LoginKind): Promise<string> => {
    const { rows } = await client.query<{ value: { user: string; password: string } }>(
      'SELECT value FROM platform.secret WHERE name = $1',
      [secret],
    );
    const [login] = rows;
    // Created with the last of the migrations.
    if (!login) throw behind(primary, [secret]);
    return withLogin(new URL(primary), login.value);
  };
  const reader = databaseReaderUrl ?? (await find(READER));
  const writer = databaseWriterUrl ?? (await find(WRITER));
  const listener =
    databaseListenUrl === undefined ? writer : withLoginOf(writer, databaseListenUrl);
  return { reader, writer, listener };
}

function behind(url: string, missing: readonly string[]): AppError {
  const { host } = new URL(url);
  return new AppError('DATABASE_REPLICA_BEHIND', { host, migrations: missing.join(', ') });
}

/** The writer's login on a replica. */
export function writerOn(replica: string, { writer }: Addresses): string {
  return hasLogin(writer) ? withLoginOf(writer, replica) : replica;
}
