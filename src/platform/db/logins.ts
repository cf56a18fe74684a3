import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { withLogin } from './addresses.js';
import { databaseCode } from './faults.js';
import { singleClient } from './pools.js';
import { type SessionLimits, settings } from './session-limits.js';

/** The purpose of a login: its group is a role without a login, to which a migration grants its rights. */
export interface LoginKind {
  readonly group: string;
  /** Its row in `platform.secret`. */
  readonly secret: string;
  readonly readsOnly: boolean;
}

/** May read the readers' schemas, and nothing else (migration 0001). */
export const READER: LoginKind = {
  group: 'gateway_reader',
  secret: 'reader_login',
  readsOnly: true,
};

/** For the application: it may change the authoring side, but not the records of past changes (migration 0006). */
export const WRITER: LoginKind = {
  group: 'gateway_writer',
  secret: 'writer_login',
  readsOnly: false,
};

interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * A login of this database: created by the first node, found in `platform.secret` by all others, and created again if
 * the role is gone or has another password, for example after a restore into another cluster. Call it under the
 * migrations' lock.
 *
 * @param limits limits of the login's statements if no session sets them: through a transaction pooler
 * @returns the owner's address with that login; never log it
 * @throws AppError DATABASE_RIGHTS_MISSING if the owner may not create roles
 */
export async function ensureLogin(
  runner: QueryRunner,
  ownerUrl: string,
  kind: LoginKind,
  limits: SessionLimits,
): Promise<string> {
  await refuseTemporaryTables(runner);
  const rows = (await runner.query('SELECT value FROM platform.secret WHERE name = $1', [
    kind.secret,
  ])) as { value: Login }[];
  const stored = rows[0]?.value;
  const login = stored ?? {
    user: `${kind.group}_${randomBytes(4).toString('hex')}`,
    password: randomBytes(24).toString('base64url'),
  };
  const url = withLogin(new URL(ownerUrl), login);
  const limitRole = () => limitStatements(runner, login, limits);
  if (stored !== undefined && (await logsIn(url, kind))) {
    await limitRole();
    return url;
  }

  await runner.startTransaction();
  try {
    await makeRole(runner, login, kind);
    await limitRole();
    await runner.query(
      `INSERT INTO platform.secret (name, value) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [kind.secret, JSON.stringify(login)],
    );
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
  return url;
}

/** By default PostgreSQL lets every login fill the disk with temporary tables, also in a copy of a database. */
async function refuseTemporaryTables(runner: QueryRunner): Promise<void> {
  const [found] = (await runner.query(
    `SELECT has_database_privilege('public', current_database(), 'TEMPORARY') AS allowed,
            quote_ident(current_database()) AS database`,
  )) as { allowed: boolean; database: string }[];
  if (!found?.allowed) return;
  await runner.query(`REVOKE TEMPORARY ON DATABASE ${found.database} FROM PUBLIC`);
}

async function makeRole(
  runner: QueryRunner,
  login: Login,
  { group, readsOnly }: LoginKind,
): Promise<void> {
  const role = pg.escapeIdentifier(login.user);
  const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [
    login.user,
  ])) as unknown[];
  if (found.length === 0) await runner.query(`CREATE ROLE ${role} LOGIN IN ROLE ${group}`);
  else await runner.query(`GRANT ${group} TO ${role}`);
  await runner.query(`ALTER ROLE ${role} LOGIN PASSWORD '${scramVerifier(login.password)}'`);
  if (readsOnly) await runner.query(`ALTER ROLE ${role} SET default_transaction_read_only = on`);
  const rights = (await runner.query(
    `SELECT has_database_privilege($1, current_database(), 'CONNECT') AS connects,
            quote_ident(current_database()) AS database`,
    [login.user],
  )) as { connects: boolean; database: string }[];
  if (rights[0]?.connects === false) {
    await runner.query(`GRANT CONNECT ON DATABASE ${rights[0].database} TO ${group}`);
  }
}

/** Writes nothing if the limits are already set. */
async function limitStatements(
  runner: QueryRunner,
  { user }: Login,
  limits: SessionLimits,
): Promise<void> {
  const [found] = (await runner.query(
    `SELECT coalesce(setconfig, '{}') AS set
       FROM pg_roles LEFT JOIN pg_db_role_setting ON setrole = oid AND setdatabase = 0
      WHERE rolname = $1`,
    [user],
  )) as { set: string[] }[];
  const isSet = Object.entries(limits).every(([name, value]) => {
    return found?.set.includes(`${name}=${value}`);
  });
  if (isSet) return;
  const role = pg.escapeIdentifier(user);
  for (const statement of settings(`ALTER ROLE ${role} SET`, limits)) await runner.query(statement);
}

/** The form in which the server stores passwords (RFC 5803), so that none appears in a statement or its log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const server = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}

/** @throws any connection error except an unknown login */
async function logsIn(url: string, { group }: LoginKind): Promise<boolean> {
  const client = singleClient(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ member: boolean }>(
      `SELECT pg_has_role(current_user, '${group}', 'USAGE') AS member`,
    );
    return rows[0]?.member === true;
  } catch (error) {
    // Wrong password, no authorization, unknown role or group, no right to connect.
    if (['28P01', '28000', '42704', '42501'].includes(databaseCode(error))) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
