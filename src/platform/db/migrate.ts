import type { DataSource, QueryRunner } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import { ensureCompatibilityTable, type MigrationState, migrationState } from './compatibility.js';
import { databaseCode, faultDetail } from './faults.js';
import { checkGroupRoles } from './group-roles.js';
import { type OnBlocked, withLockRetries } from './lock-retries.js';
import { runOf } from './migrations.js';

/** Nodes that start at the same time take turns under this lock; each database has its own. */
const MIGRATING = 7_305_121;

export interface MigrateOptions {
  /** Further work that only one node may do at a time, after the migrations. */
  readonly then?: (runner: QueryRunner) => Promise<void>;
  /** Called whenever a migration could not get a lock and will be retried. */
  readonly onBlocked?: OnBlocked | undefined;
}

/**
 * `up` applies the missing migrations, each in its own transaction; `down` reverts the newest one. Safe when many nodes
 * do it at once, and while readers are served: a reader that arrives while a migration waits for a lock waits at most
 * half a second. If a newer program has migrated the database and allows this one to run beside it, nothing is done.
 *
 * @returns the names of the migrations that this call applied or reverted
 * @throws AppError DATABASE_NEWER_THAN_PROGRAM, DATABASE_RIGHTS_MISSING, MIGRATION_BLOCKED;
 *   DATABASE_ROLES_MISSING and DATABASE_GRANTS_MISSING for a dump that was restored without the roles
 */
export async function migrate(
  dataSource: DataSource,
  direction: 'up' | 'down' = 'up',
  { then, onBlocked }: MigrateOptions = {},
): Promise<string[]> {
  return withMigrationLock(dataSource, async (runner) => {
    const before = await stateOf(dataSource, runner);
    const isNewer = before.unknown.length > 0;
    if (isNewer && (direction === 'down' || before.allowed !== 'FULL')) throw newer(before);
    if (direction === 'up') await checkGroupRoles((statement) => runner.query(statement));
    const work = direction === 'up' ? up : down;
    if (!isNewer) await withLockRetries(() => work(dataSource, before), onBlocked);
    const after = await stateOf(dataSource, runner);
    await then?.(runner);
    const [less, more] = direction === 'up' ? [before, after] : [after, before];
    return more.applied.filter((name) => !less.applied.includes(name));
  });
}

async function up(dataSource: DataSource): Promise<void> {
  await dataSource.runMigrations({ transaction: 'each' });
}

async function down(dataSource: DataSource, { applied }: MigrationState): Promise<void> {
  if (applied.length > 0) await dataSource.undoLastMigration({ transaction: 'each' });
}

/**
 * The migrations that {@link migrate} would still apply. Empty if the database is ready for this program.
 *
 * @throws AppError DATABASE_NEWER_THAN_PROGRAM
 */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const state = await stateOf(dataSource, dataSource.manager);
  if (state.unknown.length > 0 && state.allowed !== 'FULL') throw newer(state);
  return [...state.pending];
}

export function newer({ unknown }: MigrationState): AppError {
  return new AppError('DATABASE_NEWER_THAN_PROGRAM', { migrations: unknown.join(', ') });
}

function stateOf(
  dataSource: DataSource,
  runner: Pick<QueryRunner, 'query'>,
): Promise<MigrationState> {
  const known = dataSource.migrations.map((migration) => migration.name ?? '');
  return migrationState(runOf(runner), known);
}

async function withMigrationLock<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    // Waiting for other nodes may take longer than the limit of a statement.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    try {
      await runner.query('CREATE SCHEMA IF NOT EXISTS platform');
      await ensureCompatibilityTable(runOf(runner));
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

/** Names the error of a login without the rights that the gateway needs, instead of a stack trace. */
export function rightsFault(error: unknown): unknown {
  if (error instanceof AppError || databaseCode(error) !== '42501') return error;
  return new AppError('DATABASE_RIGHTS_MISSING', { detail: faultDetail(error) }, { cause: error });
}
