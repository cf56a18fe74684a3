import { readFile } from 'node:fs/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';

import { declare, type PreviousVersion, type Run, withdraw } from './compatibility.js';
import { LOCK_TIMEOUT_MS } from './lock-retries.js';

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
  '0015-change-log-history',
  '0016-corrections',
] as const;

export interface MigrationDeclaration {
  /**
   * What the previous version may do after this migration. FULL: everything that it reads or writes still has its
   * meaning (tables and nullable columns were added). READS, the default: its readers' statements still work, so it
   * starts for readers only. NONE: it does not start.
   */
  readonly previousVersion?: PreviousVersion;
  /**
   * It builds indexes CONCURRENTLY: its statements run one by one and outside a transaction, so it must be possible to
   * run the file again after a failure half-way (DROP INDEX CONCURRENTLY IF EXISTS before each CREATE INDEX).
   */
  readonly isConcurrent?: true;
}

/** The migrations that differ from the default. */
export const DECLARATIONS: Readonly<Record<string, MigrationDeclaration>> = {
  '0015-change-log-history': { previousVersion: 'FULL' },
  '0016-corrections': { previousVersion: 'FULL' },
};

/** Files `NNNN-name.up.sql` and `NNNN-name.down.sql`. */
export interface MigrationSource {
  readonly names: readonly string[];
  readonly declarations?: Readonly<Record<string, MigrationDeclaration>>;
  readonly folder: URL;
}

/** The package's root is three levels up from both `src/platform/db` and `dist/platform/db`. */
export const GATEWAY_MIGRATIONS: MigrationSource = {
  names: MIGRATIONS,
  declarations: DECLARATIONS,
  folder: new URL('../../../migrations/', import.meta.url),
};

/** TypeORM orders migrations by the 13 digits at the end of their names. */
export function recordedName(name: string): string {
  return `${name}-${1_700_000_000_000 + Number.parseInt(name, 10)}`;
}

/** One class for each pair of files, as TypeORM requires. */
export function migrationClasses(source: MigrationSource): (new () => MigrationInterface)[] {
  return source.names.map((name) => {
    const { previousVersion = 'READS', isConcurrent = false } = source.declarations?.[name] ?? {};
    class SqlMigration implements MigrationInterface {
      readonly name = recordedName(name);
      readonly transaction = !isConcurrent;

      async up(runner: QueryRunner): Promise<void> {
        await runFile(runner, new URL(`${name}.up.sql`, source.folder), isConcurrent);
        await declare(runOf(runner), this.name, previousVersion);
      }

      async down(runner: QueryRunner): Promise<void> {
        await runFile(runner, new URL(`${name}.down.sql`, source.folder), isConcurrent);
        await withdraw(runOf(runner), this.name);
      }
    }
    return SqlMigration;
  });
}

export function runOf(runner: Pick<QueryRunner, 'query'>): Run {
  return async <T>(text: string, values?: unknown[]) => (await runner.query(text, values)) as T[];
}

async function runFile(runner: QueryRunner, file: URL, isConcurrent: boolean): Promise<void> {
  const sql = await readFile(file, 'utf8');
  if (isConcurrent) return runOneByOne(runner, sql);
  // An index on a large table takes longer than the limit of ordinary statements.
  await runner.query('SET LOCAL statement_timeout = 0');
  await runner.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await runner.query(sql);
}

/** While these statements wait for a lock, readers and writers are not blocked. */
async function runOneByOne(runner: QueryRunner, sql: string): Promise<void> {
  await runner.query('SET statement_timeout = 0');
  try {
    for (const statement of sql.split(/;\s*$/m)) {
      if (statement.replace(/--.*$/gm, '').trim() !== '') await runner.query(statement);
    }
  } finally {
    await runner.query('RESET statement_timeout');
  }
}
