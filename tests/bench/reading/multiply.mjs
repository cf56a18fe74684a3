/**
 * Copies the made-up releases straight in SQL until there are enough: same texts, other ids, numbers, addresses and
 * dates. Only what readers see is copied, so staff have the first ones only.
 */
export async function multiply(client, loaded, wanted) {
  const copies = Math.ceil(wanted / loaded) - 1;
  console.log(`making ${copies} copies of ${loaded} releases …`);
  await client.query('BEGIN');
  await client.query(FUNCTIONS);
  for (let copy = 1; copy <= copies; copy += 1) {
    const limit = Math.min(loaded, wanted - loaded * copy);
    await client.query(MAP, [copy, limit, loaded]);
    await client.query(RELEASES, [copy]);
    for (const statement of [TEXTS, SLUGS, CHANGES, TRACES, POSITION, 'DROP TABLE copied']) {
      await client.query(statement);
    }
    console.log(`  ${copy} / ${copies}`);
  }
  await client.query('COMMIT');
  await client.query('VACUUM (ANALYZE)');
}

/** Each series retains its form: 10001/15, AVI-10002/15, FNE-10003, 15-5001. */
const FUNCTIONS = `
  CREATE FUNCTION pg_temp.other_number(number text, copy int, loaded int) RETURNS text LANGUAGE sql AS $$
    SELECT CASE
      WHEN number ~ '^\\d\\d-' THEN left(number, 3) || substr(number, 4)::int + 200 * copy
      ELSE regexp_replace(number, '\\d{5}', (substring(number, '\\d{5}')::int + loaded * copy)::text)
    END $$;
  CREATE FUNCTION pg_temp.other_slug(slug text, old text, new text) RETURNS text LANGUAGE sql AS $$
    SELECT replace(lower(replace(new, '/', '-')), '.', '-') || substr(slug, length(old) + 1) $$`;

const MAP = `
  CREATE TEMP TABLE copied AS
  SELECT r.id AS old_id, gen_random_uuid() AS id, r.number AS old_number,
         pg_temp.other_number(r.number, $1, $3) AS number, r.date - $1 AS date, row_number() OVER (ORDER BY r.number) AS n
    FROM published.release r JOIN authoring.release a ON a.number = r.number
   WHERE r.number ~ '[1-9]\\d{4}' OR r.number ~ '^\\d\\d-[5-8]\\d{3}$'
   ORDER BY r.number LIMIT $2`;

const RELEASES = `
  INSERT INTO published.release
  SELECT (jsonb_populate_record(r, jsonb_build_object('id', c.id, 'number', c.number, 'date', c.date, 'edition', 1,
           'published_at', r.published_at - $1 * interval '1 day',
           'locales', (SELECT jsonb_agg(CASE WHEN l ->> 'slug' IS NULL THEN l ELSE jsonb_set(l, '{slug}',
              to_jsonb(pg_temp.other_slug(l ->> 'slug', c.old_number, c.number))) END)
                         FROM jsonb_array_elements(r.locales) l)))).*
    FROM copied c JOIN published.release r ON r.id = c.old_id`;

const COLUMNS = `number, type, date, original, published_mask, summary_mask, body_mask, whole_mask, stale_mask`;

const MADE = 'title content head renderings search lexemes title_lexemes lead_lexemes'.split(' ');

const TEXTS = `
  INSERT INTO published.text (release_id, locale, ${COLUMNS}, slug, ${MADE.join(', ')})
  SELECT c.id, t.locale, ${COLUMNS.split(', ')
    .map((name) => (name === 'number' || name === 'date' ? `c.${name}` : `t.${name}`))
    .join(', ')},
         pg_temp.other_slug(t.slug, c.old_number, c.number), ${MADE.map((name) => `t.${name}`).join(', ')}
    FROM copied c JOIN published.text t ON t.release_id = c.old_id`;

const SLUGS = `
  INSERT INTO published.slug (digest, release_id)
  SELECT sha256(convert_to(t.slug, 'UTF8')), t.release_id
    FROM copied c JOIN published.text t ON t.release_id = c.id`;

const CHANGES = `
  INSERT INTO published.change_log (seq, kind, at, release_id, number, edition, changed_mask)
  SELECT (SELECT seq FROM published.change_log_head) + c.n, 'PUBLISHED', now(), r.id, r.number, 1, r.published_mask
    FROM copied c JOIN published.release r ON r.id = c.id`;

const TRACES = `
  INSERT INTO published.release_trace
  SELECT t.* FROM copied c JOIN published.change_log l ON l.release_id = c.id
    CROSS JOIN LATERAL published.trace(l.seq, l.release_id, l.number) AS t`;

const POSITION = `UPDATE published.change_log_head SET seq = (SELECT max(seq) FROM published.change_log)`;
