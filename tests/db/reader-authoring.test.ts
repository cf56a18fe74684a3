import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;
let tables: { hidden: string[]; open: string[] };
let schemas: string[];
let roles: string[];

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('601/12').in('EN').in('ES').published());
  const hidden = await relations(`n.nspname NOT IN ('published', 'reference', 'public')`);
  tables = { hidden, open: await relations(`n.nspname IN ('published', 'reference')`) };
  schemas = await names(`SELECT quote_ident(nspname) AS name FROM pg_namespace`);
  roles = await names(
    `SELECT quote_ident(rolname) AS name FROM pg_roles
      WHERE NOT pg_has_role('gateway_reader', oid, 'MEMBER') AND rolname NOT LIKE 'gateway_reader_%'`,
  );
});
afterAll(() => gateway.close());

async function names(statement: string): Promise<string[]> {
  const rows = await gateway.database.dataSource.query<{ name: string }[]>(statement);
  return rows.map(({ name }) => name);
}

/** All that holds rows, of the gateway's own schemas. */
function relations(where: string): Promise<string[]> {
  return names(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${where}
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
  );
}

/** The SQLSTATE with which a reader's connection is refused, in a transaction that requested write access. */
async function refusal(statement: string): Promise<string> {
  const client = await gateway.database.readPool.connect();
  try {
    await client.query('BEGIN READ WRITE');
    await client.query(statement);
    return 'nothing: it was done';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

async function refusals(statements: readonly string[]): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const statement of statements) found.push([statement, await refusal(statement)]);
  return found;
}

const denied = (statements: readonly string[]) => statements.map((text) => [text, '42501']);

async function expectDenied(statements: readonly string[]): Promise<void> {
  expect(statements.length).toBeGreaterThan(0);
  expect(await refusals(statements)).toEqual(denied(statements));
}

describe("a reader's connection", () => {
  it('reads nothing of authoring and platform, in no way', async () => {
    expect(tables.hidden).toEqual(
      expect.arrayContaining(['authoring.release', 'authoring.edition_text', 'platform.secret']),
    );
    await expectDenied(
      tables.hidden.flatMap((table) => [
        `SELECT * FROM ${table}`,
        `SELECT count(*) FROM ${table}`,
        `SELECT EXISTS (SELECT FROM ${table})`,
        `COPY ${table} TO STDOUT`,
        `TABLE ${table}`,
      ]),
    );
  });

  it('writes nothing there', async () => {
    const ordinary = tables.hidden.filter((table) => !table.endsWith('_seq'));
    await expectDenied(
      ordinary.flatMap((table) => [
        `INSERT INTO ${table} DEFAULT VALUES`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
        `DROP TABLE ${table}`,
      ]),
    );
  });

  it('writes and locks nothing of what it may read', async () => {
    expect(tables.open).toEqual(expect.arrayContaining(['published.text', 'reference.topic']));
    for (const table of tables.open) {
      const [column] = await names(
        `SELECT quote_ident(attname) AS name FROM pg_attribute
          WHERE attrelid = '${table}'::regclass AND attnum = 1`,
      );
      await expectDenied([
        `INSERT INTO ${table} DEFAULT VALUES`,
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
        `SELECT * FROM ${table} FOR UPDATE`,
        `LOCK TABLE ${table} IN EXCLUSIVE MODE`,
        `ALTER TABLE ${table} ADD COLUMN leak text`,
      ]);
    }
  });

  it('makes nothing, in any schema, not even for itself', async () => {
    const own = schemas.filter((schema) => !/^pg_(toast_)?temp_/.test(schema));
    await expectDenied(own.map((schema) => `CREATE TABLE ${schema}.mine (id int)`));
    await expectDenied([
      'CREATE TEMPORARY TABLE mine (id int)',
      'CREATE SCHEMA mine',
      'CREATE FUNCTION published.mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
      'CREATE VIEW public.mine AS SELECT 1',
      'CREATE EXTENSION dblink',
    ]);
  });

  it('becomes nobody else', async () => {
    expect(roles.length).toBeGreaterThan(3);
    await expectDenied(roles.map((role) => `SET ROLE ${role}`));
    await expectDenied([
      'CREATE ROLE mine',
      'ALTER ROLE CURRENT_USER SUPERUSER',
      'GRANT SELECT ON authoring.release TO gateway_reader',
      'REASSIGN OWNED BY pg_database_owner TO CURRENT_USER',
    ]);
  });

  it("reaches neither passwords nor the server's files and programs", async () => {
    await expectDenied([
      'SELECT * FROM pg_authid',
      'SELECT * FROM pg_catalog.pg_user_mapping',
      `COPY (SELECT 1) TO PROGRAM 'id'`,
      `COPY (SELECT 1) TO '/tmp/leak'`,
      `SELECT pg_read_file('/etc/passwd')`,
      `SELECT pg_ls_dir('/')`,
      `SELECT lo_import('/etc/passwd')`,
      `SELECT pg_reload_conf()`,
    ]);
  });

  it('has no function to run with the rights of the owner', async () => {
    const definers = await names(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
    );
    expect(definers).toEqual([]);
  });

  it('does not see what others are running', async () => {
    const { rows } = await gateway.database.readPool.query<{ query: string }>(
      `SELECT query FROM pg_stat_activity WHERE usename IS DISTINCT FROM current_user AND query <> ''`,
    );
    expect(new Set(rows.map(({ query }) => query))).toEqual(new Set(['<insufficient privilege>']));
  });
});
