import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bringShipped } from '../../src/features/catalog/shipped-catalogs.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { ensureRunning, withServerLock } from '../../src/platform/db/embedded/server.js';
import { withFileLock } from '../../src/platform/db/embedded/file-lock.js';
import { prepareDataFolder } from '../../src/platform/db/embedded/place.js';
import { databaseCode } from '../../src/platform/db/faults.js';
import {
  openDatabase,
  singleClient,
  type Database,
  type DatabaseOptions,
  type DatabaseSettings,
} from '../../src/platform/db/index.js';

export interface TestDatabase {
  readonly database: Database;
  /** The owner's address, as in DATABASE_URL. */
  readonly ownerUrl: string;
  /** Closes the database and removes it. */
  readonly drop: () => Promise<void>;
}

interface TestDatabaseOptions {
  readonly texts?: boolean;
  readonly settings?: (ownerUrl: string) => Promise<Partial<DatabaseSettings>>;
}

export interface EmptyDatabase {
  readonly url: string;
  readonly settings: DatabaseSettings;
  drop(): Promise<void>;
}

const folder = process.env.GATEWAY_TEST_FOLDER ?? '';
const prefix = `gateway_test_${process.env.GATEWAY_TEST_RUN}_`;
const template = `${prefix}template`;
const templateWithTexts = `${prefix}template_texts`;

/** A machine that is busy with other tests may let one wait; what hangs, hangs longer. */
const PATIENCE_MS = 60_000;

/** What `openDatabase` needs for that address, with pools of a test's size. */
export function testSettings(url: string): DatabaseSettings {
  return {
    dataDir: folder,
    databaseUrl: url,
    databaseReaderUrl: undefined,
    databaseWriterUrl: undefined,
    databaseWaitMs: PATIENCE_MS,
    connectMs: PATIENCE_MS,
    readPoolSize: 4,
    writePoolSize: 4,
    statementTimeoutMs: 20_000,
    writeStatementTimeoutMs: 60_000,
  };
}

/** Without fsync, the default strategy (WAL_LOG) takes five times as long. */
const COPIED = 'STRATEGY FILE_COPY';

/** A clone is no restore: overdue schedules in it are published. */
const CLONED = `
  INSERT INTO published.server_history (number, identity, seq, kind)
  SELECT (SELECT max(number) + 1 FROM published.server_history), published.server_identity(), seq, 'FIRST' FROM published.change_log_head`;

/**
 * A database with all migrations applied and nothing else in it, cloned from a template that is
 * made once per run. On `TEST_DATABASE_URL` where that is set, else on one embedded server for all.
 *
 * @param texts whether it has the shipped texts of the interface already, as after a server's first start
 * @param settings settings of the test's own for the address of the owner
 */
export async function createTestDatabase(
  options: DatabaseOptions = {},
  { texts = false, settings }: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const name = await ensureTemplate(texts);
  const empty = await createEmptyDatabase(`TEMPLATE ${name} ${COPIED}`);
  return openClone(empty, options, await settings?.(empty.url));
}

/** A copy of a database that nobody is connected to. @param ownerUrl its address, as in DATABASE_URL */
export async function copyDatabase(
  ownerUrl: string,
  options: DatabaseOptions = {},
): Promise<TestDatabase> {
  const name = new URL(ownerUrl).pathname.slice(1);
  return openClone(await createEmptyDatabase(`TEMPLATE ${name} ${COPIED}`), options);
}

async function openClone(
  empty: EmptyDatabase,
  options: DatabaseOptions,
  own: Partial<DatabaseSettings> = {},
): Promise<TestDatabase> {
  const database = await openDatabase({ ...empty.settings, ...own }, options);
  await asOwner(database, CLONED);
  const drop = async (): Promise<void> => {
    await database.close();
    await empty.drop();
  };
  return { database, ownerUrl: empty.url, drop };
}

/** One statement with the owner's rights: for what the application itself may not do. */
export function asOwner<T extends object>(
  { asOwner: connect }: Pick<Database, 'asOwner'>,
  text: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  return connect(async (owner) => (await owner.query<T>(text, [...values])).rows);
}

/** A database without any migration. */
export async function createEmptyDatabase(clause = ''): Promise<EmptyDatabase> {
  const name = `${prefix}${randomBytes(5).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name} ${clause}`);
  const url = await addressOf(name);
  const drop = async (): Promise<void> => {
    // A clone shares its logins with the template; any other database has made its own.
    const logins = clause.includes(prefix) ? [] : await loginsOf(url);
    await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    for (const role of logins) await asAdmin(`DROP ROLE IF EXISTS ${role}`);
  };
  return { url, settings: testSettings(url), drop };
}

async function loginsOf(url: string): Promise<string[]> {
  const client = singleClient(url, { connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `SELECT value ->> 'user' AS name FROM platform.secret WHERE name LIKE '%\\_login'`,
    );
    return rows.map((row) => row.name);
  } catch {
    // The test did not get as far as making one.
    return [];
  } finally {
    await client.end();
  }
}

let admin: Promise<string> | undefined;

/** The owner's address of the server that the tests run on. */
export function adminUrl(): Promise<string> {
  admin ??= process.env.TEST_DATABASE_URL
    ? Promise.resolve(process.env.TEST_DATABASE_URL)
    : startServer();
  return admin;
}

async function startServer(): Promise<string> {
  const dataDir = await prepareDataFolder(folder);
  const server = await withServerLock(dataDir, () => ensureRunning(dataDir, { durable: false }));
  return server.url('postgres');
}

async function addressOf(database: string): Promise<string> {
  const url = new URL(await adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

/** @returns the name of the template */
async function ensureTemplate(texts: boolean): Promise<string> {
  return withFileLock(join(folder, 'template.lock'), async () => {
    await makeTemplate(template, '', async () => undefined);
    if (!texts) return template;
    await makeTemplate(
      templateWithTexts,
      `TEMPLATE ${template} ${COPIED}`,
      async ({ dataSource }) => {
        await bringShipped(dataSource, LOCALES);
      },
    );
    return templateWithTexts;
  });
}

/** Under one name only when complete: a worker that is stopped half-way leaves no false template. */
async function makeTemplate(
  name: string,
  clause: string,
  fill: (database: Database) => Promise<void>,
): Promise<void> {
  const client = singleClient(await adminUrl(), { connectionTimeoutMillis: PATIENCE_MS });
  await client.connect();
  const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  await client.end();
  if (found.rowCount !== 0) return;
  const draft = await createEmptyDatabase(clause);
  const database = await openDatabase(draft.settings);
  try {
    await fill(database);
  } finally {
    await database.close();
  }
  await asAdmin(`ALTER DATABASE ${new URL(draft.url).pathname.slice(1)} RENAME TO ${name}`);
}

/** 55006: a session that has just ended may still be connected to the template briefly. */
async function asAdmin(statement: string): Promise<void> {
  const client = singleClient(await adminUrl(), { connectionTimeoutMillis: PATIENCE_MS });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        if (databaseCode(error) !== '55006' || attempt === 40) throw error;
        await pause(50);
      }
    }
  } finally {
    await client.end();
  }
}
