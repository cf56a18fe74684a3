import { searchVector, type WeightedText } from '../../src/kernel/search/index.js';
import type { Database } from '../../src/platform/db/index.js';
import { asOwner } from './database.js';

/**
 * Fills the readers' tables with made-up releases, straight in SQL: for plans, which need numbers and not stories. A
 * seventh of the translations is missing, one in twelve is stale; originals are English, Spanish, Portuguese, French.
 */
export async function fillPublished(database: Database, count: number): Promise<void> {
  await asOwner(
    database,
    `INSERT INTO published.release (id, number, type, date, original, edition, published_at,
       published_mask, summary_mask, body_mask, whole_mask, stale_mask, retracted_mask,
       audiences, mentions, topics, locales)
     SELECT gen_random_uuid(), n || '/' || to_char(n % 100, 'FM00'), 1 + n % 5, DATE '2010-01-01' + n % 6000,
            original, 1, now(), mask, mask, mask, mask, stale & mask & ~(1 << (original - 1)), 0,
            '{}', ARRAY[(ARRAY['BR', 'HT', 'CA', 'SR', 'US'])[1 + n % 5]], '{}', '[]'
       FROM (SELECT n, original,
                    (1 << (original - 1)) | (15 & ~CASE WHEN h % 7 = 0 THEN 1 ELSE 0 END
                      & ~CASE WHEN h / 7 % 7 = 0 THEN 2 ELSE 0 END & ~CASE WHEN h / 49 % 7 = 0 THEN 4 ELSE 0 END
                      & ~CASE WHEN h / 343 % 7 = 0 THEN 8 ELSE 0 END) AS mask,
                    CASE WHEN h / 2401 % 12 = 0 THEN 4 ELSE 0 END AS stale
               FROM (SELECT n, abs(hashint4(n)) AS h,
                            CASE WHEN n % 20 < 10 THEN 1 WHEN n % 20 < 17 THEN 2 WHEN n % 20 < 19 THEN 4 ELSE 3 END AS original
                       FROM generate_series(10001, 10000 + $1::int) AS n) AS numbers) AS facts`,
    [count],
  );
  await asOwner(
    database,
    `INSERT INTO published.text (release_id, locale, number, type, date, original, published_mask, summary_mask,
       body_mask, whole_mask, stale_mask, slug, title, content, search, lexemes, title_lexemes, lead_lexemes)
     SELECT t.*, ts_filter(t.lexemes, '{a}'), ts_filter(t.lexemes, '{a,b}') FROM (
     SELECT r.id, l, r.number, r.type, r.date, r.original, r.published_mask, r.summary_mask, r.body_mask,
            r.whole_mask, r.stale_mask, replace(r.number, '/', '-') || '-' || l,
            md5(r.number || l) || ' communiqué ' || r.number, '{}'::jsonb,
            setweight(to_tsvector('published.fr', 'communique'), 'A') ||
            to_tsvector('published.fr', published.fold('coopération ' || md5(r.number || l) ||
              CASE WHEN abs(hashtext(r.number)) % 50 = 0 THEN ' cybersécurité' ELSE '' END, 'fr')),
            ($1 || ' ' || md5(r.number || l) || ':19C'
              || CASE WHEN abs(hashtext(r.number)) % 50 = 0 THEN ' ' || $2 ELSE '' END)::tsvector AS lexemes
       FROM published.release r, generate_series(1, 4) AS l
      WHERE r.published_mask >> (l - 1) & 1 = 1) AS t`,
    [
      vector({ text: 'communiqué', weight: 'A' }, { text: 'coopération', weight: 'C' }),
      vector({ text: 'cybersécurité', weight: 'C' }),
    ],
  );
  await asOwner(database, 'VACUUM (ANALYZE) published.release, published.text');
}

function vector(...parts: readonly WeightedText[]): string {
  return searchVector(parts, 'FR');
}

/**
 * Gives the releases of {@link fillPublished} what the public may know of each locale: of the number n, translations
 * came out n % 5 hours after the original, and those that are not stale are current.
 */
export async function writePublicLocales(database: Database): Promise<void> {
  await asOwner(
    database,
    `UPDATE published.release r SET locales = (
       SELECT jsonb_agg(jsonb_build_object(
                'locale', (ARRAY['EN', 'ES', 'FR', 'PT'])[t.locale], 'slug', t.slug,
                'freshness', CASE WHEN t.stale_mask >> (t.locale - 1) & 1 = 1 THEN 'STALE' ELSE 'CURRENT' END,
                'publishedAt', r.published_at + CASE WHEN t.locale = t.original THEN interval '0'
                                 ELSE split_part(r.number, '/', 1)::int % 5 * interval '1 hour' END))
         FROM published.text t WHERE t.release_id = r.id)`,
  );
  await asOwner(database, 'VACUUM (ANALYZE) published.release');
}
