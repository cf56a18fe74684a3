import type { Database } from '../../src/platform/db/index.js';
import { asOwner } from './database.js';

/**
 * Fills the staff's tables with made-up releases, straight in SQL: for plans, which need numbers and not stories. Half
 * of them are for Haiti, Canada and Brazil, the others for all; a third of the translations is missing.
 */
export async function fillAuthoring(database: Database, count: number): Promise<void> {
  const run = (text: string, values: unknown[] = []) => asOwner(database, text, values);
  await run(
    `INSERT INTO authoring.release (number, type, date, original_locale, created_by)
     SELECT n || '/' || to_char(n % 100, 'FM00'),
            (ARRAY['PRESS_RELEASE', 'ADVISORY', 'STATEMENT', 'SPEECH', 'PHOTO_NEWS'])[1 + n % 5],
            DATE '2010-01-01' + n % 5900, (ARRAY['EN', 'ES', 'EN', 'PT'])[1 + n % 4], 'test'
       FROM generate_series(10001, 10000 + $1::int) AS n`,
    [count],
  );
  await run(
    `INSERT INTO authoring.release_state (release_id, relation, state_code, position)
     SELECT id, 'AUDIENCE', code, 0 FROM authoring.release, unnest(ARRAY['HT', 'CA', 'BR']) AS code
      WHERE hashtext(number) % 2 = 0`,
  );
  await run(
    `INSERT INTO authoring.segment (release_id, key, kind, position)
     SELECT id, key, CASE place WHEN 1 THEN 'TITLE' ELSE 'PARAGRAPH' END, place
       FROM authoring.release, unnest(ARRAY['title', 'b1', 'b2', 'b3']) WITH ORDINALITY AS k (key, place)`,
  );
  await run(
    `INSERT INTO authoring.translation (release_id, locale, state, published_revision, updated_by)
     SELECT id, l, (ARRAY['APPROVED', 'APPROVED', 'APPROVED', 'DRAFT', 'IN_REVIEW'])[1 + abs(hashtext(number || l)) % 5],
            1, 'test'
       FROM authoring.release, unnest(ARRAY['EN', 'ES', 'FR', 'PT']) AS l
      WHERE l = original_locale OR abs(hashtext(l || number)) % 3 > 0`,
  );
  await run(
    `INSERT INTO authoring.segment_text (release_id, locale, key, text, origin, source_digest)
     SELECT t.release_id, t.locale, s.key, md5(s.key || t.locale || t.release_id) || ' communiqué',
            CASE WHEN r.original_locale = t.locale THEN 'ORIGINAL' ELSE 'HUMAN' END,
            CASE WHEN r.original_locale <> t.locale THEN 'made-from' END
       FROM authoring.translation t
       JOIN authoring.segment s USING (release_id)
       JOIN authoring.release r ON r.id = t.release_id`,
  );
  await run('ANALYZE');
}
