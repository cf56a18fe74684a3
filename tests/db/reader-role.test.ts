import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe("the readers' role", () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  async function tablesOf(schemas: string[]): Promise<string[]> {
    const rows = await test.database.dataSource.query<{ name: string }[]>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1`,
      [schemas],
    );
    return rows.map((row) => row.name);
  }

  it('is refused on every table of the authoring side, and on the secrets', async () => {
    const tables = await tablesOf(['authoring', 'platform']);
    expect(tables).toContain('platform.secret');
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      await expect(test.database.readPool.query(`SELECT * FROM ${table}`)).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  it('reads every table of the published side, and writes none', async () => {
    const tables = await tablesOf(['published', 'reference']);
    expect(tables.length).toBeGreaterThan(5);
    const client = await test.database.readPool.connect();
    for (const table of tables) {
      await client.query(`SELECT * FROM ${table} LIMIT 1`);
      await client.query('BEGIN READ WRITE');
      await expect(client.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
      await client.query('ROLLBACK');
    }
    client.release();
  });

  it('cannot become another role', async () => {
    const attempt = test.database.readPool.query('SET ROLE gateway');
    await expect(attempt).rejects.toThrow(/permission denied|does not exist/);
  });
});
