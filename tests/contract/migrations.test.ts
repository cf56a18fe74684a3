import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { migrate, openOwner } from '../../src/platform/db/index.js';
import {
  GATEWAY_MIGRATIONS,
  MIGRATIONS,
  type MigrationSource,
} from '../../src/platform/db/migrations.js';
import { createEmptyDatabase, type EmptyDatabase } from '../support/database.js';

/** Of the releases before an upgrade had to go unnoticed by readers. */
const LAST_EARLIER = '0014-presentation';

let empty: EmptyDatabase;

beforeEach(async () => {
  empty = await createEmptyDatabase();
});
afterEach(() => empty.drop());

interface Relation {
  readonly name: string;
  /** The table of an index. */
  readonly of: string | null;
  readonly file: number;
}

async function applied<T extends object>(source: MigrationSource, question: string): Promise<T[]> {
  const owner = await openOwner(empty.settings, { migrations: source });
  try {
    await migrate(owner.dataSource);
    return await owner.dataSource.query<T[]>(question);
  } finally {
    await owner.close();
  }
}

const RELATIONS = `
  SELECT c.oid::regclass::text AS name, i.indrelid::regclass::text AS of, c.relfilenode::int AS file
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
   WHERE n.nspname IN ('published', 'reference') AND c.relkind IN ('r', 'i')`;

/** Every relation, column, constraint and function that a migration may create. */
const NAMES = `
  SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, '') AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE n.nspname !~ '^(pg_|information_schema)'
   UNION ALL
  SELECT n.nspname || '.' || o.conname FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace
   WHERE n.nspname !~ '^(pg_|information_schema)'
   UNION ALL
  SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE n.nspname !~ '^(pg_|information_schema)'
   ORDER BY 1`;

/** What each later migration does to the tables of readers by which they would have to wait. */
async function burdens(source: MigrationSource): Promise<string[]> {
  const first = source.names.indexOf(LAST_EARLIER) + 1;
  const upTo = (count: number) =>
    applied<Relation>({ ...source, names: source.names.slice(0, count) }, RELATIONS);
  const found: string[] = [];
  let before = await upTo(first);
  for (let count = first + 1; count <= source.names.length; count += 1) {
    const name = source.names[count - 1] ?? '';
    const after = await upTo(count);
    for (const relation of after) {
      const earlier = before.find((one) => one.name === relation.name);
      const isIndexed = earlier === undefined && before.some((one) => one.name === relation.of);
      if (earlier && earlier.file !== relation.file)
        found.push(`${name} rewrites ${relation.name}`);
      if (isIndexed && !source.declarations?.[name]?.isConcurrent) {
        found.push(`${name} builds ${relation.name} while writers wait`);
      }
    }
    before = after;
  }
  return found;
}

describe('the files of migrations/', () => {
  it('are those that are listed, up and down', async () => {
    const listed = MIGRATIONS.flatMap((name) => [`${name}.down.sql`, `${name}.up.sql`]);
    expect((await readdir(GATEWAY_MIGRATIONS.folder)).sort()).toEqual(listed);
  });

  it('revert the newest migration to what was before it, and apply it again', async () => {
    const source = { ...GATEWAY_MIGRATIONS, names: MIGRATIONS.slice(0, -1) };
    const before = await applied(source, NAMES);
    const owner = await openOwner(empty.settings, { migrations: GATEWAY_MIGRATIONS });
    try {
      await migrate(owner.dataSource);
      const after = await owner.dataSource.query<object[]>(NAMES);
      await migrate(owner.dataSource, 'down');
      expect(await owner.dataSource.query(NAMES)).toEqual(before);
      await migrate(owner.dataSource);
      expect(await owner.dataSource.query(NAMES)).toEqual(after);
    } finally {
      await owner.close();
    }
  });
});

describe('migrations from this release on', () => {
  it('rewrite no table of readers, and build indexes on them concurrently', async () => {
    expect(await burdens(GATEWAY_MIGRATIONS)).toEqual([]);
  });

  it('are found where they do', async () => {
    const folder = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'oas-gateway-migrations-'))}/`);
    await cp(GATEWAY_MIGRATIONS.folder, folder, { recursive: true });
    const sql = [
      'ALTER TABLE published.release ADD COLUMN extra uuid DEFAULT gen_random_uuid();',
      'CREATE INDEX extra ON published.text (release_id);',
      'ALTER TABLE published.text ADD COLUMN harmless integer DEFAULT 1;',
      'CREATE TABLE published.added (id integer PRIMARY KEY);',
    ].join('\n');
    await writeFile(new URL('9999-extra.up.sql', folder), sql);
    const { declarations = {} } = GATEWAY_MIGRATIONS;
    const found = await burdens({ names: [...MIGRATIONS, '9999-extra'], declarations, folder });
    expect(found).toContain('9999-extra rewrites published.release');
    expect(found).toContain('9999-extra builds published.extra while writers wait');
    expect(found.filter((one) => /published\.(text|added)/.test(one))).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
