import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, openOwner, singleClient } from '../../src/platform/db/index.js';
import type { DatabaseSettings } from '../../src/platform/db/index.js';
import {
  adminUrl,
  createEmptyDatabase,
  testSettings,
  type EmptyDatabase,
} from '../support/database.js';

let empty: EmptyDatabase;
let roles: string[];

beforeEach(async () => {
  empty = await createEmptyDatabase();
  roles = [];
});
afterEach(async () => {
  await empty.drop();
  for (const role of roles) await onServer(`DROP ROLE IF EXISTS ${role}`);
});

async function run(url: string, statement: string): Promise<{ name?: string }[]> {
  const client = singleClient(url);
  await client.connect();
  try {
    return (await client.query<{ name?: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}

const onServer = async (statement: string) => run(await adminUrl(), statement);

/** The test database's address with another login, which need not exist. */
function as(user: string, password: string): string {
  const url = new URL(empty.url);
  url.username = user;
  url.password = password;
  return url.href;
}

/** Makes a login that owns the test database, as a hosted server would give us one. */
async function makeOwner(rights: string): Promise<DatabaseSettings> {
  const role = `gateway_test_owner_${randomBytes(4).toString('hex')}`;
  roles.push(role);
  await onServer(`CREATE ROLE ${role} LOGIN ${rights} PASSWORD 'owner-secret'`);
  const database = new URL(empty.url).pathname.slice(1);
  await onServer(`ALTER DATABASE ${database} OWNER TO ${role}`);
  // Where another owner's gateway has made it, PostgreSQL 16 and newer want it lent on purpose.
  await onServer(
    'DO $$ BEGIN CREATE ROLE gateway_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$',
  );
  await onServer(`GRANT gateway_reader TO ${role} WITH ADMIN OPTION`);
  return testSettings(as(role, 'owner-secret'));
}

async function readerName(settings: DatabaseSettings): Promise<string> {
  const database = await openDatabase(settings);
  const { rows } = await database.readPool.query<{ name: string }>('SELECT current_user AS name');
  await database.close();
  return rows[0]?.name ?? '';
}

describe('opening the database', () => {
  it('names a server that does not answer, and keeps the password to itself', async () => {
    const settings = testSettings('postgres://gateway:hunter2@127.0.0.1:9/gateway');
    const attempt = openDatabase({ ...settings, databaseWaitMs: 200 });
    await expect(attempt).rejects.toMatchObject({
      reason: 'DATABASE_UNREACHABLE',
      vars: { host: '127.0.0.1:9', detail: expect.stringContaining('ECONNREFUSED') },
    });
    await expect(attempt).rejects.not.toMatchObject({
      vars: { detail: expect.stringContaining('hunter2') },
    });
  });

  it('does not wait where the login is refused', async () => {
    const begun = Date.now();
    const attempt = openDatabase({ ...testSettings(as('stranger', 'x')), databaseWaitMs: 60_000 });
    await expect(attempt).rejects.toMatchObject({ reason: 'DATABASE_UNREACHABLE' });
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('works for an owner who is no superuser', async () => {
    const settings = await makeOwner('CREATEROLE');
    const name = await readerName(settings);
    expect(name).toMatch(/^gateway_reader_/);
    expect(await readerName(settings)).toBe(name);
  });

  it('says which right an owner lacks who may not make roles', async () => {
    const settings = await makeOwner('NOCREATEROLE');
    await expect(openDatabase(settings)).rejects.toMatchObject({
      reason: 'DATABASE_RIGHTS_MISSING',
      vars: { detail: expect.stringContaining('permission denied') },
    });
  });

  it.each([
    ['is gone', (role: string) => `DROP ROLE ${role}`],
    ['has another password', (role: string) => `ALTER ROLE ${role} PASSWORD 'other'`],
    ['is no reader any more', (role: string) => `REVOKE gateway_reader FROM ${role}`],
  ])("makes the readers' login again where it %s", async (_, statement) => {
    const name = await readerName(empty.settings);
    await onServer(statement(name));
    expect(await readerName(empty.settings)).toBe(name);
  });

  it("refuses a readers' login that could read drafts", async () => {
    const owner = await makeOwner('CREATEROLE');
    const settings = { ...owner, databaseReaderUrl: owner.databaseUrl };
    await expect(openDatabase(settings)).rejects.toMatchObject({
      reason: 'DATABASE_READER_TOO_STRONG',
    });
    const superuser = { ...empty.settings, databaseReaderUrl: empty.url };
    await expect(openDatabase(superuser)).rejects.toMatchObject({
      reason: 'DATABASE_READER_TOO_STRONG',
    });
  });

  it("takes a readers' login that was given, once it is a reader", async () => {
    const role = `gateway_test_given_${randomBytes(4).toString('hex')}`;
    roles.push(role);
    await onServer(`CREATE ROLE ${role} LOGIN PASSWORD 'given'`);
    const settings = { ...empty.settings, databaseReaderUrl: as(role, 'given') };
    await expect(openDatabase(settings)).rejects.toMatchObject({
      reason: 'DATABASE_RIGHTS_MISSING',
    });
    await onServer(`GRANT gateway_reader TO ${role}`);
    expect(await readerName(settings)).toBe(role);
    expect(await run(empty.url, 'SELECT FROM platform.secret')).toEqual([]);
  });

  it('gives dates as days and counts as numbers, on both sides', async () => {
    const database = await openDatabase(empty.settings);
    const question = "SELECT date '2012-09-10' AS day, 5::int8 AS few, 9007199254740993 AS many";
    const expected = [{ day: '2012-09-10', few: 5, many: '9007199254740993' }];
    expect(await database.dataSource.query(question)).toEqual(expected);
    expect((await database.readPool.query(question)).rows).toEqual(expected);
    await database.close();
    await database.close();
  });

  it('connects without migrating when asked to', async () => {
    const owner = await openOwner(empty.settings);
    expect(await owner.dataSource.query("SELECT to_regnamespace('authoring') AS found")).toEqual([
      { found: null },
    ]);
    await owner.close();
  });
});
