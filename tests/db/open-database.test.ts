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
  // Where another owner's gateway has made them, PostgreSQL 16 and newer want them lent on purpose.
  for (const group of ['gateway_reader', 'gateway_writer']) {
    await onServer(
      `DO $$ BEGIN CREATE ROLE ${group}; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    );
    await onServer(`GRANT ${group} TO ${role} WITH ADMIN OPTION`);
  }
  return testSettings(as(role, 'owner-secret'));
}

interface Logins {
  readonly reader: string;
  readonly writer: string;
  readonly staff: string;
}

/** With which logins the gateway works there. */
async function loginsOf(settings: DatabaseSettings): Promise<Logins> {
  const database = await openDatabase(settings);
  const { dataSource, readPool, staffPool } = database;
  const question = 'SELECT current_user AS name';
  const [reader] = (await readPool.query<{ name: string }>(question)).rows;
  const [staff] = (await staffPool.query<{ name: string }>(question)).rows;
  const [writer] = await dataSource.query<{ name: string }[]>(question);
  await database.close();
  return { reader: reader?.name ?? '', writer: writer?.name ?? '', staff: staff?.name ?? '' };
}

async function readerName(settings: DatabaseSettings): Promise<string> {
  return (await loginsOf(settings)).reader;
}

describe('opening the database', () => {
  it('names a server that does not respond, and does not reveal the password', async () => {
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
    const logins = await loginsOf(settings);
    expect(logins.reader).toMatch(/^gateway_reader_/);
    expect(logins.writer).toMatch(/^gateway_writer_/);
    expect(logins.staff).toBe(logins.writer);
    expect(await loginsOf(settings)).toEqual(logins);
  });

  it('reports which right an owner lacks who may not create roles', async () => {
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

  it.each([
    ['is gone', (role: string) => `DROP ROLE ${role}`],
    ['has another password', (role: string) => `ALTER ROLE ${role} PASSWORD 'other'`],
  ])("makes the application's login again where it %s", async (_, statement) => {
    const { writer } = await loginsOf(empty.settings);
    await onServer(statement(writer));
    expect((await loginsOf(empty.settings)).writer).toBe(writer);
  });

  it.each([
    ['a superuser', () => empty.url, 'SUPERUSER'],
    ['the owner', async () => (await makeOwner('CREATEROLE')).databaseUrl, 'CREATEROLE'],
  ])("refuses %s as the application's login", async (_, address, detail) => {
    const databaseWriterUrl = await address();
    const settings = { ...empty.settings, databaseUrl: databaseWriterUrl, databaseWriterUrl };
    await expect(openDatabase(settings)).rejects.toMatchObject({
      reason: 'DATABASE_WRITER_TOO_STRONG',
      vars: { detail: expect.stringContaining(detail) },
    });
  });

  it.each([
    ['UPDATE ON authoring.audit', 'authoring.audit: UPDATE'],
    ['UPDATE (at) ON authoring.audit', 'authoring.audit: UPDATE'],
    ['DELETE ON published.change_log', 'published.change_log: DELETE'],
    ['TRUNCATE ON authoring.translation_revision', 'authoring.translation_revision: TRUNCATE'],
    ['USAGE ON SCHEMA platform', 'platform: USAGE'],
  ])("refuses an application's login with %s", async (right, detail) => {
    const { writer } = await loginsOf(empty.settings);
    await run(empty.url, `GRANT ${right} TO ${writer}`);
    await expect(openDatabase(empty.settings)).rejects.toMatchObject({
      reason: 'DATABASE_WRITER_TOO_STRONG',
      vars: { role: writer, detail },
    });
    await run(empty.url, `REVOKE ${right} FROM ${writer}`);
    expect((await loginsOf(empty.settings)).writer).toBe(writer);
  });

  it("takes an application's login that was given, once it is one", async () => {
    const role = `gateway_test_given_${randomBytes(4).toString('hex')}`;
    roles.push(role);
    await onServer(`CREATE ROLE ${role} LOGIN PASSWORD 'given'`);
    const settings = { ...empty.settings, databaseWriterUrl: as(role, 'given') };
    await expect(openDatabase(settings)).rejects.toMatchObject({
      reason: 'DATABASE_RIGHTS_MISSING',
    });
    await onServer(`GRANT gateway_writer TO ${role}`);
    expect((await loginsOf(settings)).writer).toBe(role);
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
    expect(await run(empty.url, `SELECT FROM platform.secret WHERE name = 'reader_login'`)).toEqual(
      [],
    );
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

  it('connects without migrating on request', async () => {
    const owner = await openOwner(empty.settings);
    expect(await owner.dataSource.query("SELECT to_regnamespace('authoring') AS found")).toEqual([
      { found: null },
    ]);
    await owner.close();
  });
});
