import type pg from 'pg';

/** Those that lists by title are sorted in (migration 0005). */
const COLLATIONS = ['und-x-icu', 'es-x-icu', 'fr-CA-x-icu'];

export interface CollationReport {
  /** LC_CTYPE of the database; nothing of the gateway depends on it. */
  readonly ctype: string;
  readonly missing: readonly string[];
  /** Whose order has changed since indexes were built by it: with the database's own as `database`. */
  readonly outdated: readonly string[];
}

/** An upgrade of ICU or of the C library may change the order that indexes were built by. */
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
