import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In the order in which they are applied. A name, once released, never changes. */
export const MIGRATIONS = [
  '0001-foundation',
  '0002-reference',
  '0003-member-states',
  '0004-authoring',
  '0005-published',
  '0006-working',
  '0007-sync',
  '0008-lean-reads',
  '0009-search-order',
  '0010-lean-records',
  '0011-search-lexemes',
  '0012-search-lexemes-indexes',
  '0013-first-publication',
  '0014-presentation',
] as const;

/** Files `NNNN-name.up.sql` and `NNNN-name.down.sql`. */
export interface MigrationSource {
  readonly names: readonly string[];
  readonly folder: URL;
}

/** From `src/platform/db` and from `dist/platform/db` alike, the package's root is three up. */
export const GATEWAY_MIGRATIONS: MigrationSource = {
  names: MIGRATIONS,
  folder: new URL('../../../migrations/', import.meta.url),
};

/** TypeORM orders migrations by the 13 digits at the end of their names. */
function recordedName(name: string): string {
  return `${name}-${1_700_000_000_000 + Number.parseInt(name, 10)}`;
}

/** One class for each pair of files, as TypeORM wants them. */
export function migrationClasses(source: MigrationSource): (new () => MigrationInterface)[] {
  return source.names.map((name) => {
    class SqlMigration implements MigrationInterface {
      readonly name = recordedName(name);

      up(runner: QueryRunner): Promise<void> {
        return runFile(runner, new URL(`${name}.up.sql`, source.folder));
      }

      down(runner: QueryRunner): Promise<void> {
        return runFile(runner, new URL(`${name}.down.sql`, source.folder));
      }
    }
    return SqlMigration;
  });
}

async function runFile(runner: QueryRunner, file: URL): Promise<void> {
  const sql = await readFile(file, 'utf8');
  // An index on a large table takes longer than any statement of everyday work may.
  await runner.query('SET LOCAL statement_timeout = 0');
  await runner.query(sql);
}
