import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { Correction, StoredCorrection } from './correction-row.js';
import type { EditionText } from './edition.policy.js';
import type { EditionRow } from './edition-row.js';

export interface LastEdition {
  readonly edition: EditionRow;
  readonly texts: readonly (EditionText & { readonly slug: string })[];
  /** Of all editions, newest first. */
  readonly corrections: readonly Correction[];
}

type LastEditionRow = EditionRow & Pick<LastEdition, 'corrections'>;

export async function findLastEdition(
  db: Queryable,
  releaseId: string,
): Promise<LastEdition | null> {
  const [row] = await db.query<LastEditionRow>(
    `SELECT release_id AS "releaseId", number, kind, published_at AS "publishedAt", published_by AS "publishedBy",
            changed_locales AS "changedLocales", reason, facts,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('edition', c.number, 'at', c.published_at) || c.correction
                                       ORDER BY c.number DESC), '[]')
               FROM authoring.edition c WHERE c.release_id = $1 AND c.correction IS NOT NULL) AS corrections
       FROM authoring.edition WHERE release_id = $1 ORDER BY number DESC LIMIT 1`,
    [releaseId],
  );
  if (!row) return null;
  const { corrections: stored, ...edition } = row;
  const corrections = stored.map((one) => ({ ...one, at: new Date(one.at).toISOString() }));
  const texts = await db.query<EditionText & { slug: string }>(
    `SELECT locale, revision, slug, freshness, segments FROM authoring.edition_text
      WHERE release_id = $1 AND edition = $2`,
    [releaseId, edition.number],
  );
  return { edition, texts, corrections };
}

/** The texts of these locales in the newest edition that had them. */
export async function lastAddresses(
  manager: EntityManager,
  releaseId: string,
  locales: readonly Locale[],
): Promise<(Pick<EditionText, 'locale' | 'segments'> & { readonly slug: string })[]> {
  return manager.query(
    `SELECT DISTINCT ON (locale) locale, slug, segments FROM authoring.edition_text
      WHERE release_id = $1 AND locale = ANY ($2) ORDER BY locale, edition DESC`,
    [releaseId, [...locales]],
  );
}

/**
 * When the words of each locale that was ever public last changed for readers, before this edition; null if they have
 * not changed since they were first published. Rows without that information are computed from the editions.
 */
export async function modifiedBefore(
  manager: EntityManager,
  releaseId: string,
  edition: number,
): Promise<Map<Locale, Date | null>> {
  const rows = await manager.query<{ locale: Locale; at: Date | null }[]>(
    `SELECT t.locale,
            CASE WHEN known.entry ? 'modifiedAt' THEN (known.entry ->> 'modifiedAt')::timestamptz
                 ELSE (SELECT max(e.published_at) FROM authoring.edition e
                        WHERE e.release_id = $1 AND e.number > t.first AND e.number < $2
                          AND e.kind = 'PUBLISHED' AND t.locale = ANY (e.changed_locales)) END AS at
       FROM (SELECT locale, min(edition) AS first FROM authoring.edition_text
              WHERE release_id = $1 AND edition < $2 GROUP BY locale) AS t
       LEFT JOIN LATERAL (
         SELECT entry FROM published.release r, jsonb_array_elements(r.locales) AS entry
          WHERE r.id = $1 AND entry ->> 'locale' = t.locale) AS known ON true`,
    [releaseId, edition],
  );
  return new Map(rows.map(({ locale, at }) => [locale, at]));
}

/** The locales that were published once and are not in the newest edition. */
export async function retractedLocales(
  manager: EntityManager,
  releaseId: string,
): Promise<Locale[]> {
  const rows = await manager.query<{ locale: Locale }[]>(
    `SELECT t.locale FROM authoring.edition_text t
      WHERE t.release_id = $1
      GROUP BY t.locale
     HAVING max(t.edition) < (SELECT max(number) FROM authoring.edition WHERE release_id = $1)`,
    [releaseId],
  );
  return rows.map(({ locale }) => locale);
}

export interface RequestedSlug {
  readonly locale: Locale;
  readonly slug: string;
}

/**
 * Reserves an address for each of these locales of a release. If another text has the requested address, the language
 * is appended.
 */
export async function reserveSlugs(
  manager: EntityManager,
  at: { readonly releaseId: string; readonly edition: number },
  wishes: readonly RequestedSlug[],
): Promise<Map<Locale, string>> {
  const granted = await claimSlugs(manager, at, wishes);
  const others = wishes
    .filter(({ locale }) => !granted.has(locale))
    .map(({ locale, slug }) => ({ locale, slug: `${slug}-${locale.toLowerCase()}` }));
  for (const [locale, slug] of await claimSlugs(manager, at, others)) granted.set(locale, slug);
  const without = wishes.find(({ locale }) => !granted.has(locale));
  if (without) throw new Error(`no address is free for ${without.slug}`);
  return granted;
}

/**
 * Addresses of a release on a former site. An address that another release has stays with that release.
 *
 * @returns how many are new
 */
export async function restoreSlugs(
  manager: EntityManager,
  releaseId: string,
  old: readonly RequestedSlug[],
): Promise<number> {
  if (old.length === 0) return 0;
  const rows = await manager.query<unknown[]>(
    `INSERT INTO authoring.slug (slug, release_id, locale, edition)
     SELECT slug, $1, locale, 0 FROM unnest($2::text[], $3::text[]) AS s (slug, locale)
     ON CONFLICT (slug) DO NOTHING RETURNING slug`,
    [releaseId, old.map(({ slug }) => slug), old.map(({ locale }) => locale)],
  );
  return rows.length;
}

async function claimSlugs(
  manager: EntityManager,
  { releaseId, edition }: { readonly releaseId: string; readonly edition: number },
  wishes: readonly RequestedSlug[],
): Promise<Map<Locale, string>> {
  if (wishes.length === 0) return new Map();
  const slugs = wishes.map(({ slug }) => slug);
  const rows = await manager.query<{ slug: string; locale: Locale; releaseId: string }[]>(
    `WITH fresh AS (
       INSERT INTO authoring.slug (slug, release_id, locale, edition)
       SELECT slug, $1, locale, $4 FROM unnest($2::text[], $3::text[]) AS w (slug, locale)
       ON CONFLICT (slug) DO NOTHING RETURNING slug, locale, release_id)
     SELECT slug, locale, release_id AS "releaseId" FROM fresh
     UNION ALL
     SELECT slug, locale, release_id FROM authoring.slug WHERE slug = ANY ($2)`,
    [releaseId, slugs, wishes.map(({ locale }) => locale), edition],
  );
  const ours = wishes.filter(({ locale, slug }) => {
    return rows.some((row) => {
      return row.slug === slug && row.locale === locale && row.releaseId === releaseId;
    });
  });
  return new Map(ours.map(({ locale, slug }) => [locale, slug]));
}

/** @returns the instant of the statement: the transaction may have started long before, and waited for a lock */
export async function insertEdition(
  manager: EntityManager,
  edition: Omit<EditionRow, 'publishedAt'> & { readonly correction: StoredCorrection | null },
  texts: readonly (EditionText & { slug: string })[],
): Promise<Date> {
  const { releaseId, number, kind, publishedBy, changedLocales, reason, facts, correction } =
    edition;
  const [row] = await manager.query<[{ at: Date }]>(
    `WITH edition AS (
       INSERT INTO authoring.edition
           (release_id, number, kind, published_at, published_by, changed_locales, reason, facts, correction)
         VALUES ($1, $2, $3, clock_timestamp(), $4, $5, $6, $7, $9) RETURNING published_at), texts AS (
       INSERT INTO authoring.edition_text (release_id, edition, locale, revision, slug, freshness, segments)
       SELECT $1, $2, locale, revision, slug, freshness, segments
         FROM jsonb_to_recordset($8)
           AS t (locale text, revision int, slug text, freshness text, segments jsonb))
     SELECT published_at AS at FROM edition`,
    [
      releaseId,
      number,
      kind,
      publishedBy,
      changedLocales,
      reason,
      JSON.stringify(facts),
      JSON.stringify(texts),
      correction && JSON.stringify(correction),
    ],
  );
  return row.at;
}

/** Records for staff which revision of each locale readers have, and writes the step into the history. */
export async function markPublished(
  manager: EntityManager,
  releaseId: string,
  texts: readonly EditionText[],
  step: {
    action: 'PUBLISHED' | 'RETRACTED';
    by: string;
    comment: string | null;
    /** The locales, with the revision that was published or retracted. */
    texts: readonly EditionText[];
  },
): Promise<void> {
  await manager.query(
    `UPDATE authoring.translation t SET published_revision = p.revision
       FROM authoring.translation old
       LEFT JOIN unnest($2::text[], $3::int[]) AS p (locale, revision) ON p.locale = old.locale
      WHERE t.release_id = $1 AND old.release_id = $1 AND old.locale = t.locale
        AND t.published_revision IS DISTINCT FROM p.revision`,
    [releaseId, texts.map(({ locale }) => locale), texts.map(({ revision }) => revision)],
  );
  await manager.query(
    `INSERT INTO authoring.translation_revision (release_id, locale, revision, by, action, comment)
     SELECT $1, locale, revision, $4, $5, $6 FROM unnest($2::text[], $3::int[]) AS t (locale, revision)`,
    [
      releaseId,
      step.texts.map(({ locale }) => locale),
      step.texts.map(({ revision }) => revision),
      step.by,
      step.action,
      step.comment,
    ],
  );
}
