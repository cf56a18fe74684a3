import pg from 'pg';
import type { QueryRunner } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import { ensureLogin, type LoginKind, READER, WRITER } from './logins.js';
import { sessionLimits } from './session-limits.js';

interface Timeouts {
  readonly statementTimeoutMs: number;
  readonly writeStatementTimeoutMs: number;
}

/**
 * Replaces the logins that the gateway created for readers and for the application. A copy or a dump of the database
 * contains their passwords, so they are replaced after a restore. Logins named in the settings are not changed.
 *
 * @param runner of the owner, under the migrations' lock
 * @returns the names of the logins that can no longer be used
 */
export async function rotateLogins(
  runner: QueryRunner,
  ownerUrl: string,
  { statementTimeoutMs, writeStatementTimeoutMs }: Timeouts,
): Promise<string[]> {
  const replaced = [
    await rotate(runner, ownerUrl, READER, statementTimeoutMs),
    await rotate(runner, ownerUrl, WRITER, writeStatementTimeoutMs),
  ];
  return replaced.filter((user) => user !== null);
}

async function rotate(
  runner: QueryRunner,
  ownerUrl: string,
  kind: LoginKind,
  timeoutMs: number,
): Promise<string | null> {
  const [found] = (await runner.query(
    `DELETE FROM platform.secret WHERE name = $1 RETURNING value->>'user' AS "user"`,
    [kind.secret],
  )) as [{ user: string }[], number];
  const user = found[0]?.user;
  if (user === undefined) return null;
  await ensureLogin(runner, ownerUrl, kind, sessionLimits(timeoutMs));
  return (await disable(runner, user)) ? user : null;
}

/** @returns whether it was used nowhere else: a database and its copy on the same server share their logins */
async function disable(runner: QueryRunner, user: string): Promise<boolean> {
  const [role] = (await runner.query(
    `SELECT EXISTS (SELECT FROM pg_stat_activity
                     WHERE usename = rolname AND datname <> current_database()) AS shared
       FROM pg_roles WHERE rolname = $1`,
    [user],
  )) as { shared: boolean }[];
  if (role?.shared === true) return false;
  if (role) await runner.query(`ALTER ROLE ${pg.escapeIdentifier(user)} NOLOGIN PASSWORD NULL`);
  return true;
}

/**
 * Refuses to continue while nodes are connected: their caches are from before the restore.
 *
 * @throws AppError NODES_RUNNING
 */
export async function refuseRunningNodes(runner: QueryRunner): Promise<void> {
  const [found] = (await runner.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity a
      WHERE a.datname = current_database() AND EXISTS (
        SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
         WHERE m.member = a.usesysid AND g.rolname IN ('${READER.group}', '${WRITER.group}'))`,
  )) as { count: number }[];
  if (found && found.count > 0) throw new AppError('NODES_RUNNING', { connections: found.count });
}
