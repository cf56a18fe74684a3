import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { EditionText } from './edition.js';
import { EditionEntity, EditionTextEntity } from './edition.entity.js';

export interface LastEdition {
  readonly edition: EditionEntity;
  readonly texts: readonly (EditionText & { readonly slug: string })[];
}

export async function findLastEdition(
  db: Queryable,
  releaseId: string,
): Promise<LastEdition | null> {
  const [edition] = await db.query<EditionEntity>(
    `SELECT release_id AS "releaseId", number, kind, published_at AS "publishedAt", published_by AS "publishedBy",
            changed_locales AS "changedLocales", reason, facts
       FROM authoring.edition WHERE release_id = $1 ORDER BY number DESC LIMIT 1`,
    [releaseId],
  );
  if (!edition) return null;
  const texts = await db.query<EditionText & { slug: string }>(
    `SELECT locale, revision, slug, freshness, segments FROM authoring.edition_text
      WHERE release_id = $1 AND edition = $2`,
    [releaseId, edition.number],
  );
  return { edition, texts };
}

/** When each locale first came out, over all editions. */
export async function firstPublished(
  manager: EntityManager,
  releaseId: string,
): Promise<Map<Locale, Date>> {
  const rows = await manager.query<{ locale: Locale; at: Date }[]>(
    `SELECT t.locale, min(e.published_at) AS at
       FROM authoring.edition_text t
       JOIN authoring.edition e ON e.release_id = t.release_id AND e.number = t.edition
      WHERE t.release_id = $1
      GROUP BY t.locale`,
    [releaseId],
  );
  return new Map(rows.map(({ locale, at }) => [locale, at]));
}

/** The locales that were out once and are not in the newest edition. */
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

/**
 * Reserves an address for one locale of a release. The wish is granted unless another locale of the same
 * release has it: then the language is put behind.
 */
export async function reserveSlug(
  manager: EntityManager,
  wish: { slug: string; releaseId: string; locale: Locale; edition: number },
): Promise<string> {
  for (const slug of [wish.slug, `${wish.slug}-${wish.locale.toLowerCase()}`]) {
    const rows = await manager.query<{ locale: Locale; release_id: string }[]>(
      `WITH fresh AS (
         INSERT INTO authoring.slug (slug, release_id, locale, edition) VALUES ($1, $2, $3, $4)
         ON CONFLICT (slug) DO NOTHING RETURNING locale, release_id)
       SELECT locale, release_id FROM fresh
       UNION ALL SELECT locale, release_id FROM authoring.slug WHERE slug = $1`,
      [slug, wish.releaseId, wish.locale, wish.edition],
    );
    const [owner] = rows;
    if (owner?.release_id === wish.releaseId && owner.locale === wish.locale) return slug;
  }
  throw new Error(`no address is free for ${wish.slug}`);
}

export async function insertEdition(
  manager: EntityManager,
  edition: Omit<EditionEntity, 'publishedAt'>,
  texts: readonly (EditionText & { slug: string })[],
): Promise<Date> {
  // Not the time at which the transaction began: it may have waited for the edition before.
  const [{ at }] = await manager.query<[{ at: Date }]>('SELECT clock_timestamp() AS at');
  await manager.insert(EditionEntity, { ...edition, publishedAt: at });
  const { releaseId, number } = edition;
  const rows = texts.map(({ locale, revision, slug, freshness, segments }) => {
    return {
      releaseId,
      edition: number,
      locale,
      revision,
      slug,
      freshness,
      segments: [...segments],
    };
  });
  if (rows.length > 0) await manager.insert(EditionTextEntity, rows);
  return at;
}

/** Tells the staff's side which revision of each locale readers now have, and writes the step into the history. */
export async function markPublished(
  manager: EntityManager,
  releaseId: string,
  texts: readonly EditionText[],
  step: {
    action: 'PUBLISHED' | 'RETRACTED';
    by: string;
    comment: string | null;
    /** What it was done to: locales with the revision that came out or was taken back. */
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
