import type { DataSource, QueryRunner } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import { databaseCode, faultDetail } from './faults.js';
import { checkGroupRoles } from './group-roles.js';

/** Nodes that start at once take turns under this lock; each database has its own. */
const MIGRATING = 7_305_121;

/**
 * `up` applies what is missing, each migration in a transaction of its own; `down` reverts the
 * newest one. Safe when many nodes do it at once.
 *
 * @param then more that only one node may do at a time, once the migrations are done
 * @returns the names of the migrations that this call applied or reverted
 * @throws AppError DATABASE_NEWER_THAN_PROGRAM, DATABASE_RIGHTS_MISSING; DATABASE_ROLES_MISSING and
 *   DATABASE_GRANTS_MISSING of a dump that was restored without the roles
 */
export async function migrate(
  dataSource: DataSource,
  direction: 'up' | 'down' = 'up',
  then?: (runner: QueryRunner) => Promise<void>,
): Promise<string[]> {
  return withMigrationLock(dataSource, async (runner) => {
    const before = await appliedMigrations(dataSource, runner);
    if (direction === 'up') await checkGroupRoles((statement) => runner.query(statement));
    if (direction === 'up') await dataSource.runMigrations({ transaction: 'each' });
    else if (before.length > 0) await dataSource.undoLastMigration({ transaction: 'each' });
    const after = await appliedMigrations(dataSource, runner);
    await then?.(runner);
    const [less, more] = direction === 'up' ? [before, after] : [after, before];
    return more.filter((name) => !less.includes(name));
  });
}

/** What {@link migrate} would still apply. Empty on a database that is ready for this program. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const applied = await appliedMigrations(dataSource, dataSource.manager);
  return knownMigrations(dataSource).filter((name) => !applied.includes(name));
}

function knownMigrations(dataSource: DataSource): string[] {
  return dataSource.migrations.map((migration) => migration.name ?? '');
}

async function appliedMigrations(
  dataSource: DataSource,
  runner: Pick<QueryRunner, 'query'>,
): Promise<string[]> {
  const found = (await runner.query("SELECT to_regclass('platform.migration') AS found")) as {
    found: string | null;
  }[];
  if (found[0]?.found == null) return [];
  const rows = (await runner.query('SELECT name FROM platform.migration ORDER BY id')) as {
    name: string;
  }[];
  const applied = rows.map((row) => row.name);
  const known = knownMigrations(dataSource);
  const unknown = applied.filter((name) => !known.includes(name));
  // An older program must not write by rules that it does not know.
  if (unknown.length > 0) {
    throw new AppError('DATABASE_NEWER_THAN_PROGRAM', { migrations: unknown.join(', ') });
  }
  return applied;
}

async function withMigrationLock<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    // Waiting for the others may take longer than a statement otherwise may.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    try {
      await runner.query('CREATE SCHEMA IF NOT EXISTS platform');
      return await work(runner);
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATING]).catch(() => undefined);
      await runner.query('RESET statement_timeout').catch(() => undefined);
    }
  } catch (error) {
    throw rightsFault(error);
  } finally {
    await runner.release();
  }
}

/** A login that may not do what the gateway needs gets a name instead of a stack trace. */
export function rightsFault(error: unknown): unknown {
  if (error instanceof AppError || databaseCode(error) !== '42501') return error;
  return new AppError('DATABASE_RIGHTS_MISSING', { detail: faultDetail(error) }, { cause: error });
}
