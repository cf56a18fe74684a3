import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  migrate,
  openDatabase,
  openOwner,
  pendingMigrations,
  singleClient,
  type OwnerDatabase,
} from '../../src/platform/db/index.js';
import { MIGRATIONS, type MigrationSource } from '../../src/platform/db/migrations.js';
import { startChild } from '../support/child.js';
import { createEmptyDatabase, type EmptyDatabase } from '../support/database.js';

let empty: EmptyDatabase;
let opened: OwnerDatabase[];

beforeEach(async () => {
  empty = await createEmptyDatabase();
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await empty.drop();
});

async function open(migrations?: MigrationSource): Promise<OwnerDatabase> {
  const database = await openOwner(empty.settings, { migrations });
  opened.push(database);
  return database;
}

async function appliedNames(): Promise<string[]> {
  const client = singleClient(empty.url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM platform.migration ORDER BY id',
  );
  await client.end();
  return rows.map((row) => row.name.slice(0, -14));
}

/** Everything that migrations make, and the text of what they make it of. */
async function shapeOf({ dataSource }: OwnerDatabase): Promise<unknown[]> {
  return dataSource.query(
    `SELECT n.nspname, c.relname, c.relkind::text, a.attname, a.atttypid::regtype::text AS type
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname !~ '^(pg_|information_schema|platform)'
      ORDER BY 1, 2, 4`,
  );
}

describe('migrating', () => {
  it('works from five processes at once, each migration applied once and all five up', async () => {
    const children = Array.from({ length: 5 }, () =>
      startChild('open-database', [JSON.stringify(empty.settings)]),
    );
    const said = await Promise.all(children.map((child) => child.next<{ reader: string }>()));
    expect(await appliedNames()).toEqual(MIGRATIONS);
    // All five read with the one login that the first of them made.
    expect(new Set(said.map(({ reader }) => reader)).size).toBe(1);
    expect(said[0]?.reader).toMatch(/^gateway_reader_[0-9a-f]{8}$/);
    expect(await Promise.all(children.map((child) => child.leave()))).toEqual([0, 0, 0, 0, 0]);
  });

  it('goes up, all the way down, and up again to the same shape', async () => {
    const database = await open();
    expect(await pendingMigrations(database.dataSource)).toHaveLength(MIGRATIONS.length);
    expect(await migrate(database.dataSource)).toHaveLength(MIGRATIONS.length);
    const shape = await shapeOf(database);
    expect(shape.length).toBeGreaterThan(20);

    for (const name of [...MIGRATIONS].reverse()) {
      expect(await migrate(database.dataSource, 'down')).toEqual([
        expect.stringMatching(`^${name}-`),
      ]);
    }
    expect(await migrate(database.dataSource, 'down')).toEqual([]);
    expect(await shapeOf(database)).toEqual([]);

    await migrate(database.dataSource);
    expect(await shapeOf(database)).toEqual(shape);
    expect(await pendingMigrations(database.dataSource)).toEqual([]);
  });

  it('changes nothing where nothing is missing', async () => {
    const database = await open();
    await migrate(database.dataSource);
    expect(await migrate(database.dataSource)).toEqual([]);
  });

  it('refuses a database that knows more than this program', async () => {
    await migrate((await open()).dataSource);
    const folder = new URL('../../migrations/', import.meta.url);
    const older = { names: MIGRATIONS.slice(0, 1), folder };
    await expect(openDatabase(empty.settings, { migrations: older })).rejects.toMatchObject({
      reason: 'DATABASE_NEWER_THAN_PROGRAM',
      vars: { migrations: expect.stringContaining('0002-') },
    });
  });

  it('applies a migration wholly or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-migrations-'));
    await writeFile(join(folder, '0001-good.up.sql'), 'CREATE TABLE public.good ();');
    const broken = 'CREATE TABLE public.half (); SELECT 1 / 0;';
    await writeFile(join(folder, '0002-broken.up.sql'), broken);
    const names = ['0001-good', '0002-broken'];
    const database = await open({ names, folder: pathToFileURL(`${folder}/`) });

    await expect(migrate(database.dataSource)).rejects.toThrow('division by zero');
    const left = await database.dataSource.query(
      "SELECT to_regclass('public.good') AS good, to_regclass('public.half') AS half",
    );
    expect(left).toEqual([{ good: 'good', half: null }]);
    expect(await appliedNames()).toEqual(['0001-good']);

    await writeFile(join(folder, '0002-broken.up.sql'), 'CREATE TABLE public.half ();');
    expect(await migrate(database.dataSource)).toHaveLength(1);
    await rm(folder, { recursive: true });
  });
});
