import { AppError } from '../../kernel/errors.js';
import { faultDetail } from './faults.js';
import { READER, WRITER } from './logins.js';
import { singleClient } from './pools.js';

/**
 * Checks the rights of a reader's login, whoever created it: it must not be a superuser, must read the published
 * schemas, and must neither read the authoring side nor be able to become a role that does.
 *
 * @throws AppError DATABASE_READER_TOO_STRONG, DATABASE_RIGHTS_MISSING or DATABASE_UNREACHABLE
 */
export async function checkReader(url: string): Promise<void> {
  const found = await queryRow<{ role: string; strong: boolean; able: boolean }>(url, READER_CHECK);
  if (found?.strong !== false) {
    throw new AppError('DATABASE_READER_TOO_STRONG', { role: found?.role ?? '' });
  }
  if (!found.able) refuseUnable(found.role, READER.group);
}

/**
 * Checks the rights of the application's login: it must own nothing, must not read the secrets, and must not be able to
 * change or delete the records of past changes.
 *
 * @throws AppError DATABASE_WRITER_TOO_STRONG, DATABASE_RIGHTS_MISSING or DATABASE_UNREACHABLE
 */
export async function checkWriter(url: string): Promise<void> {
  const found = await queryRow<{ role: string; excess: string[]; able: boolean }>(
    url,
    WRITER_CHECK,
  );
  if (!found || found.excess.length > 0) {
    const detail = found?.excess.slice(0, 5).join(', ') ?? '';
    throw new AppError('DATABASE_WRITER_TOO_STRONG', { role: found?.role ?? '', detail });
  }
  if (!found.able) refuseUnable(found.role, WRITER.group);
}

/**
 * Requires a time limit for a login that is used through a transaction pooler, where no session can set one.
 *
 * @throws AppError DATABASE_LIMITS_MISSING, DATABASE_UNREACHABLE
 */
export async function checkLimits(url: string): Promise<void> {
  const statement = `SELECT quote_ident(current_user) AS role,
                           current_setting('statement_timeout') <> '0' AS limited`;
  const found = await queryRow<{ role: string; limited: boolean }>(url, statement);
  if (found?.limited !== true) {
    throw new AppError('DATABASE_LIMITS_MISSING', { role: found?.role ?? '' });
  }
}

function refuseUnable(role: string, group: string): never {
  throw new AppError('DATABASE_RIGHTS_MISSING', { detail: `${role}: ${group}` });
}

async function queryRow<T extends object>(url: string, statement: string): Promise<T | undefined> {
  const client = singleClient(url);
  try {
    await client.connect();
    return (await client.query<T>(statement)).rows[0];
  } catch (error) {
    throw new AppError(
      'DATABASE_UNREACHABLE',
      { host: new URL(url).host, detail: faultDetail(error, url) },
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

const READER_CHECK = `
  WITH guarded AS (
    SELECT oid, nspowner FROM pg_namespace WHERE nspname IN ('authoring', 'platform')
  )
  SELECT current_user AS role,
         (SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles
           WHERE rolname = current_user)
           OR EXISTS (SELECT FROM guarded
                       WHERE has_schema_privilege(oid, 'USAGE')
                          OR pg_has_role(current_user, nspowner, 'MEMBER')) AS strong,
         pg_has_role(current_user, '${READER.group}', 'USAGE') AS able`;

const RECORDS = [
  'authoring.audit',
  'authoring.edition',
  'authoring.edition_text',
  'authoring.translation_revision',
  'authoring.locale_text_revision',
  'published.change_log',
];

const WRITER_CHECK = `
  WITH excess AS (
    SELECT unnest(ARRAY[
             CASE WHEN rolsuper THEN 'SUPERUSER' END,
             CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
             CASE WHEN rolreplication THEN 'REPLICATION' END,
             CASE WHEN rolbypassrls THEN 'BYPASSRLS' END]) AS right
      FROM pg_roles WHERE rolname = current_user
    UNION ALL
    SELECT 'platform: USAGE' WHERE has_schema_privilege('platform', 'USAGE')
    UNION ALL
    SELECT format('%s.%s: %s', n.nspname, c.relname, privilege)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
           unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
     WHERE n.nspname || '.' || c.relname = ANY (ARRAY['${RECORDS.join("', '")}'])
       AND (has_table_privilege(c.oid, privilege)
            OR (privilege = 'UPDATE' AND has_any_column_privilege(c.oid, privilege)))
    UNION ALL
    SELECT format('%s.%s: OWNER', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('authoring', 'published', 'reference', 'platform')
       AND pg_has_role(current_user, c.relowner, 'MEMBER')
  )
  SELECT current_user AS role,
         ARRAY(SELECT e.right FROM excess e WHERE e.right IS NOT NULL) AS excess,
         pg_has_role(current_user, '${WRITER.group}', 'USAGE') AS able`;
