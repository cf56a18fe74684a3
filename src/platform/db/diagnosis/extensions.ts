import type pg from 'pg';

/** The extensions that the migrations create (0001). */
const EXTENSIONS = ['unaccent', 'btree_gist'];

/** Extensions that are neither installed in the database nor available to install. */
export async function missingExtensions(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS name
      WHERE name NOT IN (SELECT name FROM pg_available_extensions)
        AND name NOT IN (SELECT extname FROM pg_extension)`,
    [EXTENSIONS],
  );
  return rows.map(({ name }) => name);
}
