import type pg from 'pg';

import { ownerAddress, withLoginOf } from '../addresses.js';
import { isEmbeddedRunning, startEmbedded } from '../embedded/start-embedded.js';
import { READER, WRITER } from '../logins.js';
import { awaitServer } from '../open-database.js';
import { createDataSource, type DatabaseSettings, singleClient } from '../pools.js';
import { pendingMigrations } from '../migrate.js';

/** A database in its present state, with the owner's login: nothing is migrated, created or changed. */
export interface Diagnosed {
  /** Bypasses the pooler. Contains a password: never log it. */
  readonly url: string;
  /** All of its transactions are read-only. */
  readonly client: pg.Client;
  /** Addresses that contain passwords; null for a login that the next start creates. */
  readonly logins: { readonly reader: string | null; readonly writer: string | null };
  /** @throws AppError DATABASE_NEWER_THAN_PROGRAM */
  readonly pending: () => Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Connects without changing anything.
 *
 * @returns null if the embedded database is not running
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_NOT_UTF8, DATA_FOLDER_UNUSABLE
 */
export async function openForDiagnosis(settings: DatabaseSettings): Promise<Diagnosed | null> {
  const isEmbedded = settings.databaseUrl === undefined;
  if (isEmbedded && !(await isEmbeddedRunning(settings.dataDir))) return null;
  const embedded = isEmbedded ? await startEmbedded(settings.dataDir) : null;
  const url = embedded?.url ?? ownerAddress(settings);
  const client = singleClient(url);
  const close = async () => {
    await client.end().catch(() => undefined);
    await embedded?.leave().catch(() => undefined);
  };
  try {
    await awaitServer(url, 0);
    await client.connect();
    await client.query('SET default_transaction_read_only = on');
    const logins = {
      reader: settings.databaseReaderUrl ?? (await madeLogin(client, url, settings, READER.secret)),
      writer: settings.databaseWriterUrl ?? (await madeLogin(client, url, settings, WRITER.secret)),
    };
    return { url, client, logins, pending: () => pendingOf(url, settings), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function pendingOf(url: string, settings: DatabaseSettings): Promise<string[]> {
  const dataSource = await createDataSource(url, settings, {}).initialize();
  try {
    return await pendingMigrations(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function madeLogin(
  client: pg.Client,
  url: string,
  { databaseUrl = url }: DatabaseSettings,
  secret: string,
): Promise<string | null> {
  const { rows: tables } = await client.query<{ found: string | null }>(
    `SELECT to_regclass('platform.secret') AS found`,
  );
  if (tables[0]?.found == null) return null;
  const { rows } = await client.query<{ value: { user: string; password: string } }>(
    'SELECT value FROM platform.secret WHERE name = $1',
    [secret],
  );
  const [login] = rows;
  if (login === undefined) return null;
  const source = new URL('postgres://host');
  source.username = encodeURIComponent(login.value.user);
  source.password = encodeURIComponent(login.value.password);
  return withLoginOf(source.href, databaseUrl);
}
