import { AppError } from '../../kernel/errors.js';
import { databaseCode, faultDetail } from './faults.js';
import { READER, WRITER } from './logins.js';

/** Runs a statement, with a client or a query runner. */
export type RunSql = <T extends object>(statement: string) => Promise<T[]>;

interface GroupRole {
  readonly name: string;
  /** A table that exists once the migration has granted the role its rights, and a right that it then has. */
  readonly table: string;
  readonly right: string;
}

const GROUP_ROLES: readonly GroupRole[] = [
  { name: READER.group, table: 'published.release', right: 'SELECT' },
  { name: WRITER.group, table: 'authoring.account', right: 'INSERT' },
];

const NAMES: readonly string[] = GROUP_ROLES.map(({ name }) => name);

/** For administrators who grant the rights of a database by hand. */
export const ROLES_SQL = NAMES.map(
  (name) => `DO $$
BEGIN
  IF to_regrole('${name}') IS NULL THEN
    CREATE ROLE ${name} NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;`,
).join('\n');

export interface RolesReport {
  readonly created: readonly string[];
  readonly existing: readonly string[];
}

/**
 * Creates the two roles that a dump names but does not contain, because roles belong to the cluster.
 *
 * @throws AppError DATABASE_RIGHTS_MISSING
 */
export async function createGroupRoles(run: RunSql): Promise<RolesReport> {
  const before = await missingRoles(run);
  try {
    await run(ROLES_SQL);
  } catch (error) {
    if (databaseCode(error) !== '42501') throw error;
    throw new AppError('DATABASE_RIGHTS_MISSING', { detail: faultDetail(error) }, { cause: error });
  }
  return { created: before, existing: NAMES.filter((name) => !before.includes(name)) };
}

/** Names of roles that the server does not have. */
export async function missingRoles(run: RunSql): Promise<string[]> {
  const rows = await run<{ name: string }>(
    `SELECT name FROM unnest(ARRAY['${NAMES.join("', '")}']) AS name WHERE to_regrole(name) IS NULL`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Recognizes a dump that was restored without the roles that it names.
 *
 * @throws AppError DATABASE_ROLES_MISSING, DATABASE_GRANTS_MISSING
 */
export async function checkGroupRoles(run: RunSql): Promise<void> {
  const withTable = await Promise.all(
    GROUP_ROLES.map(async (role) => {
      const [found] = await run<{ isThere: boolean }>(
        `SELECT to_regclass('${role.table}') IS NOT NULL AS "isThere"`,
      );
      return found?.isThere === true ? role : null;
    }),
  );
  const used = withTable.filter((role) => role !== null);
  const missing = await missingRoles(run);
  const roles = used.map(({ name }) => name).filter((name) => missing.includes(name));
  if (roles.length > 0) throw new AppError('DATABASE_ROLES_MISSING', { roles });
  const powerless: string[] = [];
  for (const { name, table, right } of used) {
    const [found] = await run<{ able: boolean }>(
      `SELECT has_table_privilege('${name}', '${table}', '${right}')
              AND has_schema_privilege('${name}', '${table.split('.')[0] ?? ''}', 'USAGE') AS able`,
    );
    if (found?.able !== true) powerless.push(name);
  }
  if (powerless.length > 0) throw new AppError('DATABASE_GRANTS_MISSING', { roles: powerless });
}
