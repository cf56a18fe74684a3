import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
  withTransaction,
  type OwnerDatabase,
} from '../../src/platform/db/index.js';
import {
  GATEWAY_MIGRATIONS,
  type MigrationDeclaration,
  MIGRATIONS,
  type MigrationSource,
} from '../../src/platform/db/migrations.js';
import { createLog } from '../../src/platform/log.js';
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

/** The gateway's migrations, and one of a newer version. */
async function newMigration(
  sql: string,
  declaration: MigrationDeclaration = {},
): Promise<MigrationSource> {
  const folder = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'oas-gateway-migrations-'))}/`);
  await cp(GATEWAY_MIGRATIONS.folder, folder, { recursive: true });
  await writeFile(new URL('9999-extra.up.sql', folder), sql);
  const declarations = { ...GATEWAY_MIGRATIONS.declarations, '9999-extra': declaration };
  return { names: [...MIGRATIONS, '9999-extra'], declarations, folder };
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
    const connections = await Promise.all(
      children.map((child) => child.next<{ reader: string }>()),
    );
    expect(await appliedNames()).toEqual(MIGRATIONS);
    // All five read with the one login that the first of them made.
    expect(new Set(connections.map(({ reader }) => reader)).size).toBe(1);
    expect(connections[0]?.reader).toMatch(/^gateway_reader_[0-9a-f]{8}$/);
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

  it('a migration that waits for a lock lets readers pass, and is applied once the lock is free', async () => {
    const database = await openDatabase(empty.settings);
    const [holder, reader] = [singleClient(empty.url), singleClient(empty.url)];
    await Promise.all([holder.connect(), reader.connect()]);
    // A reader's long transaction: an ALTER TABLE waits for its end, and all who come later wait behind that.
    await holder.query('BEGIN; SELECT count(*) FROM published.release');
    const next = await newMigration('ALTER TABLE published.release ADD COLUMN extra integer');
    const { dataSource } = await open(next);
    let attempts = 0;
    const migrating = migrate(dataSource, 'up', { onBlocked: (attempt) => (attempts = attempt) });
    let maxMs = 0;
    for (let reads = 0; attempts < 3 || reads < 50; reads += 1) {
      const begun = performance.now();
      await reader.query('SELECT count(*) FROM published.release');
      maxMs = Math.max(maxMs, performance.now() - begun);
    }
    await holder.query('COMMIT');
    expect(await migrating).toHaveLength(1);
    process.stderr.write(
      `migration blocked by a long reader: ${attempts} attempts, slowest other reader ${Math.round(maxMs)} ms\n`,
    );
    // Half a second, and what a busy machine adds; without the limit it would be as long as the transaction is open.
    expect(maxMs).toBeLessThan(5_000);
    await Promise.all([holder.end(), reader.end(), database.close()]);
    await rm(next.folder, { recursive: true });
  });

  it('an index is built concurrently: outside a transaction, one statement after another', async () => {
    const database = await openDatabase(empty.settings);
    const sql = [
      '-- Readers and writers go on meanwhile.',
      'DROP INDEX CONCURRENTLY IF EXISTS published.extra;',
      'CREATE INDEX CONCURRENTLY extra ON published.release (date);',
    ].join('\n');
    const next = await newMigration(sql, { isConcurrent: true });
    const { dataSource } = await open(next);
    expect(await migrate(dataSource)).toHaveLength(1);
    const found = await dataSource.query("SELECT to_regclass('published.extra') AS index");
    expect(found).toEqual([{ index: 'published.extra' }]);
    await database.close();
    await rm(next.folder, { recursive: true });
  });

  it('an older program beside a newer one that lets it read serves readers only', async () => {
    const next = await newMigration('CREATE TABLE public.extra ()');
    const newer = await openDatabase(empty.settings, { migrations: next });
    const lines: unknown[] = [];
    const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line)) });
    const readersOnly = { replicaUrls: [], log };
    const older = await openDatabase(empty.settings, { readersOnly });
    const position = 'SELECT seq FROM published.change_log_head';
    expect((await older.readPool.query(position)).rows).toHaveLength(1);
    expect(older.readersOnly).toMatchObject({ reason: 'NEWER_DATABASE', isOver: false });
    await expect(
      withTransaction(older.dataSource, (manager) =>
        manager.query('UPDATE published.change_log_head SET seq = seq'),
      ),
    ).rejects.toMatchObject({ reason: 'DATABASE_READ_ONLY' });
    await expect(older.staffPool.query('SELECT 1')).rejects.toMatchObject({
      reason: 'DATABASE_UNAVAILABLE',
    });
    expect(lines).toMatchObject([{ level: 40, msg: expect.stringContaining('readers only') }]);
    await Promise.all([older.close(), newer.close()]);
    await rm(next.folder, { recursive: true });
  });

  it.each([
    ['FULL', 'starts as it always did'],
    ['READS', 'is refused where it would write'],
    ['NONE', 'is refused'],
    [undefined, 'is refused where it would write'],
  ] as const)('an older program beside a newer one that allows %s: %s', async (allowed, _) => {
    const next = await newMigration(
      'CREATE TABLE public.extra ()',
      allowed && { previousVersion: allowed },
    );
    await migrate((await open(next)).dataSource);
    const older = openDatabase(empty.settings);
    if (allowed === 'FULL') {
      const database = await older;
      expect(await pendingMigrations((await open()).dataSource)).toEqual([]);
      await database.close();
    } else {
      if (allowed === 'NONE') {
        const readersOnly = { replicaUrls: [], log: createLog('silent') };
        await expect(openDatabase(empty.settings, { readersOnly })).rejects.toMatchObject({
          reason: 'DATABASE_NEWER_THAN_PROGRAM',
        });
      }
      await expect(older).rejects.toMatchObject({ reason: 'DATABASE_NEWER_THAN_PROGRAM' });
    }
    // What it does not know it does not revert.
    await expect(migrate((await open()).dataSource, 'down')).rejects.toMatchObject({
      reason: 'DATABASE_NEWER_THAN_PROGRAM',
    });
    await rm(next.folder, { recursive: true });
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
