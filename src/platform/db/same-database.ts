import type pg from 'pg';

import { AppError } from '../../kernel/errors.js';
import { withLoginOf } from './addresses.js';
import { type DatabaseSettings, singleClient } from './pools.js';

/** The values that identify a database. */
interface DatabaseIdentity {
  /** The cluster's system identifier and the database's oid, which streaming replicas share. Null: not reported. */
  readonly place: string | null;
  /** The id that the gateway gave it; a restored dump has it too. Null: no such table yet, or no right to read it. */
  readonly id: string | null;
  /** When the server started: the only difference of a restored copy of the files. Null for a replica. */
  readonly primarySince: string | null;
}

/** The settings whose address must lead to the same database as DATABASE_URL. */
type AddressSetting =
  'DATABASE_LISTEN_URL' | 'DATABASE_READER_URL' | 'DATABASE_WRITER_URL' | 'DATABASE_REPLICA_URLS';

/**
 * Compares the databases of the settings. One that cannot be reached is not compared: the code that uses it fails.
 *
 * @param url the owner's address, not through the pooler
 * @throws AppError DATABASE_MISMATCH with the setting
 */
export async function checkSameDatabase(url: string, settings: DatabaseSettings): Promise<void> {
  const { databaseUrl, databaseListenUrl, databaseReaderUrl, databaseWriterUrl } = settings;
  if (databaseUrl === undefined) return;
  const others: [AddressSetting, string | undefined][] = [
    ['DATABASE_READER_URL', databaseReaderUrl],
    ['DATABASE_WRITER_URL', databaseWriterUrl],
  ];
  // In this case `url` is the address of DATABASE_LISTEN_URL.
  if (databaseListenUrl !== undefined) {
    await compare('DATABASE_LISTEN_URL', databaseUrl, withLoginOf(databaseUrl, databaseListenUrl));
  }
  for (const [setting, other] of others) {
    if (other !== undefined) await compare(setting, url, other);
  }
}

/**
 * @param reader the primary's address
 * @throws AppError DATABASE_MISMATCH
 */
export async function checkReplica(reader: string, replica: string): Promise<void> {
  const [one, other] = await Promise.all([identityOf(reader), identityOf(replica)]);
  // A promoted replica is not used by readers, so it must not prevent a start.
  const copy = other && { ...other, primarySince: null };
  refuseOther('DATABASE_REPLICA_URLS', replica, one, copy);
}

async function compare(setting: AddressSetting, first: string, second: string): Promise<void> {
  const [one, other] = await Promise.all([identityOf(first), identityOf(second)]);
  refuseOther(setting, second, one, other);
}

function refuseOther(
  setting: AddressSetting,
  url: string,
  one: DatabaseIdentity | null,
  other: DatabaseIdentity | null,
): void {
  if (one === null || other === null || isSame(one, other)) return;
  throw new AppError('DATABASE_MISMATCH', { setting, host: new URL(url).host });
}

/** Values that are unknown for one of them are not compared. */
function isSame(one: DatabaseIdentity, other: DatabaseIdentity): boolean {
  const differs = (name: keyof DatabaseIdentity) =>
    one[name] !== null && other[name] !== null && one[name] !== other[name];
  return !differs('place') && !differs('id') && !differs('primarySince');
}

/** @returns null if the database cannot be reached */
async function identityOf(url: string): Promise<DatabaseIdentity | null> {
  const client = singleClient(url);
  try {
    await client.connect();
    const place = await valueOf(client, PLACE);
    const id = await valueOf(client, 'SELECT database_id AS value FROM published.change_log_head');
    return { place, id, primarySince: await valueOf(client, PRIMARY_SINCE) };
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const PLACE = `
  SELECT system_identifier || ':' || oid AS value
    FROM pg_control_system(), pg_database
   WHERE datname = current_database()`;

const PRIMARY_SINCE = `
  SELECT CASE WHEN NOT pg_is_in_recovery()
              THEN extract(epoch FROM pg_postmaster_start_time())::text END AS value`;

/** @returns null if the statement is refused */
async function valueOf(client: pg.Client, statement: string): Promise<string | null> {
  try {
    return (await client.query<{ value: string | null }>(statement)).rows[0]?.value ?? null;
  } catch {
    return null;
  }
}
