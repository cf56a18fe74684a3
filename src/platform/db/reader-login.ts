import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { AppError } from '../../kernel/errors.js';
import { databaseCode, faultDetail } from './faults.js';
import { singleClient } from './pools.js';

/** The role without a login that migration 0001 lets read the readers' schemas and nothing else. */
const GROUP = 'gateway_reader';

interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * The readers' login of this database: made by the first node, found in `platform.secret` by all
 * others, and made again where the role is gone or has another password, as after a restore into
 * another cluster. Call it under the migrations' lock.
 *
 * @returns the owner's address with the reader's login in it; never log it
 * @throws AppError DATABASE_RIGHTS_MISSING where the owner may not make roles
 */
export async function ensureReaderLogin(runner: QueryRunner, ownerUrl: string): Promise<string> {
  await refuseTemporaryTables(runner);
  const rows = (await runner.query(
    `SELECT value FROM platform.secret WHERE name = 'reader_login'`,
  )) as { value: Login }[];
  const kept = rows[0]?.value;
  const login = kept ?? {
    user: `${GROUP}_${randomBytes(4).toString('hex')}`,
    password: randomBytes(24).toString('base64url'),
  };
  const url = withLogin(ownerUrl, login);
  if (kept !== undefined && (await logsIn(url))) return url;

  await runner.startTransaction();
  try {
    await makeRole(runner, login);
    await runner.query(
      `INSERT INTO platform.secret (name, value) VALUES ('reader_login', $1)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [JSON.stringify(login)],
    );
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
  return url;
}

/** PostgreSQL lets every login fill the disk with temporary tables; a copy of a database lets it again. */
async function refuseTemporaryTables(runner: QueryRunner): Promise<void> {
  const [found] = (await runner.query(
    `SELECT has_database_privilege('public', current_database(), 'TEMPORARY') AS allowed,
            quote_ident(current_database()) AS database`,
  )) as { allowed: boolean; database: string }[];
  if (!found?.allowed) return;
  await runner.query(`REVOKE TEMPORARY ON DATABASE ${found.database} FROM PUBLIC`);
}

async function makeRole(runner: QueryRunner, login: Login): Promise<void> {
  const role = pg.escapeIdentifier(login.user);
  const found = (await runner.query('SELECT FROM pg_roles WHERE rolname = $1', [
    login.user,
  ])) as unknown[];
  if (found.length === 0) await runner.query(`CREATE ROLE ${role} LOGIN IN ROLE ${GROUP}`);
  else await runner.query(`GRANT ${GROUP} TO ${role}`);
  await runner.query(`ALTER ROLE ${role} LOGIN PASSWORD '${scramVerifier(login.password)}'`);
  await runner.query(`ALTER ROLE ${role} SET default_transaction_read_only = on`);
  const rights = (await runner.query(
    `SELECT has_database_privilege($1, current_database(), 'CONNECT') AS connects,
            quote_ident(current_database()) AS database`,
    [login.user],
  )) as { connects: boolean; database: string }[];
  if (rights[0]?.connects === false) {
    await runner.query(`GRANT CONNECT ON DATABASE ${rights[0].database} TO ${GROUP}`);
  }
}

/** What the server itself stores (RFC 5803), so that no password stands in a statement or its log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const server = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}

function withLogin(ownerUrl: string, login: Login): string {
  const url = new URL(ownerUrl);
  // An address without a host (a socket's) takes its login from the query part.
  if (url.hostname === '') {
    url.searchParams.set('user', login.user);
    url.searchParams.set('password', login.password);
    return url.href;
  }
  url.username = login.user;
  url.password = login.password;
  return url.href;
}

/** @throws whatever keeps the client out, except a login that is not known */
async function logsIn(url: string): Promise<boolean> {
  const client = singleClient(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ member: boolean }>(
      `SELECT pg_has_role(current_user, '${GROUP}', 'USAGE') AS member`,
    );
    return rows[0]?.member === true;
  } catch (error) {
    // Password, authorization, role or group unknown, no right to connect.
    if (['28P01', '28000', '42704', '42501'].includes(databaseCode(error))) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Holds a reader's login to what it is for, whoever made it: it is no superuser, reads the
 * published schemas, and neither reads the authoring side nor may become a role that does.
 *
 * @throws AppError DATABASE_READER_TOO_STRONG, DATABASE_RIGHTS_MISSING or DATABASE_UNREACHABLE
 */
export async function checkReader(url: string): Promise<void> {
  const client = singleClient(url);
  try {
    await client.connect();
    const { rows } = await client.query<{ role: string; strong: boolean; reads: boolean }>(CHECK);
    const [found] = rows;
    if (found?.strong !== false) {
      throw new AppError('DATABASE_READER_TOO_STRONG', { role: found?.role ?? '' });
    }
    if (!found.reads) {
      throw new AppError('DATABASE_RIGHTS_MISSING', { detail: `${found.role}: ${GROUP}` });
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'DATABASE_UNREACHABLE',
      { host: new URL(url).host, detail: faultDetail(error, url) },
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

const CHECK = `
  WITH guarded AS (
    SELECT oid, nspowner FROM pg_namespace WHERE nspname IN ('authoring', 'platform')
  )
  SELECT current_user AS role,
         (SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles
           WHERE rolname = current_user)
           OR EXISTS (SELECT FROM guarded
                       WHERE has_schema_privilege(oid, 'USAGE')
                          OR pg_has_role(current_user, nspowner, 'MEMBER')) AS strong,
         pg_has_role(current_user, '${GROUP}', 'USAGE') AS reads`;
