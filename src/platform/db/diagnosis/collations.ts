import type pg from 'pg';

/** The collations of lists by title (migration 0005). */
const COLLATIONS = ['und-x-icu', 'es-x-icu', 'fr-CA-x-icu'];

export interface CollationReport {
  /** LC_CTYPE of the database; the gateway does not depend on it. */
  readonly ctype: string;
  readonly missing: readonly string[];
  /** Collations whose order has changed since indexes were built with them; `database` is the database's own. */
  readonly outdated: readonly string[];
}

/** An upgrade of ICU or of the C library may change the order with which indexes were built. */
export async function inspectCollations(client: pg.Client): Promise<CollationReport> {
  const { rows } = await client.query<{ name: string; outdated: boolean }>(
    `SELECT collname AS name,
            coalesce(collversion <> pg_collation_actual_version(oid), false) AS outdated
       FROM pg_collation
      WHERE collname = ANY ($1) AND collnamespace = 'pg_catalog'::regnamespace
        AND collencoding IN (-1, (SELECT encoding FROM pg_database WHERE datname = current_database()))`,
    [COLLATIONS],
  );
  const { rows: databases } = await client.query<{ ctype: string; outdated: boolean }>(
    `SELECT datctype AS ctype,
            coalesce(datcollversion <> pg_database_collation_actual_version(oid), false) AS outdated
       FROM pg_database WHERE datname = current_database()`,
  );
  const [database] = databases;
  const outdated = rows.filter((row) => row.outdated).map(({ name }) => name);
  return {
    ctype: database?.ctype ?? '',
    missing: COLLATIONS.filter((name) => !rows.some((row) => row.name === name)),
    outdated: database?.outdated === true ? ['database', ...outdated] : outdated,
  };
}
