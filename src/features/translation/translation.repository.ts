import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { StartedState } from '../../kernel/workflow.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { SegmentEntity, SegmentTextEntity, TranslationEntity } from '../release/index.js';
import type { TextPlace } from './text-place.js';
import type { LocaleSegment } from './reading-order.policy.js';

/** Every segment that one locale has or should have, those of the original first. */
export async function loadSegments(
  manager: EntityManager,
  releaseId: string,
  locale: Locale,
): Promise<LocaleSegment[]> {
  return manager.query<LocaleSegment[]>(
    `SELECT s.key, s.kind, s.locale IS NOT NULL AS own, s.after_key AS "afterKey", t.text,
            t.key IS NOT NULL AND t.text IS NULL AS omitted,
            t.source_digest AS "sourceDigest", t.origin
       FROM authoring.segment s
       LEFT JOIN authoring.segment_text t
         ON t.release_id = s.release_id AND t.key = s.key AND t.locale = $2
      WHERE s.release_id = $1 AND (s.locale IS NULL OR s.locale = $2)
      ORDER BY s.locale IS NOT NULL, s.position`,
    [releaseId, locale],
  );
}

/** Replaces the segments that one locale alone has; their texts go with them. */
export async function replaceOwnSegments(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
  own: readonly LocaleSegment[],
): Promise<void> {
  await manager.delete(SegmentEntity, { releaseId, locale });
  const rows = own.map(({ key, kind, afterKey }, position) => {
    return { releaseId, key, kind, locale, position, afterKey };
  });
  if (rows.length > 0) await manager.insert(SegmentEntity, rows);
}

/** Writes the texts of some segments. A segment without a text that is not omitted loses its stored text. */
export async function changeTexts(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
  segments: readonly LocaleSegment[],
): Promise<void> {
  const isWritten = ({ text, omitted }: LocaleSegment) => text !== null || omitted;
  const gone = segments.filter((segment) => !isWritten(segment)).map(({ key }) => key);
  if (gone.length > 0) {
    await manager.query(
      'DELETE FROM authoring.segment_text WHERE release_id = $1 AND locale = $2 AND key = ANY ($3)',
      [releaseId, locale, gone],
    );
  }
  const rows = segments.filter(isWritten).map(({ key, text, sourceDigest, origin }) => {
    return { releaseId, locale, key, text, sourceDigest, origin: origin ?? 'HUMAN' };
  });
  if (rows.length > 0) {
    await manager.upsert(SegmentTextEntity, rows, ['releaseId', 'locale', 'key']);
  }
}

/** Replaces all texts of one locale and the segments that only it has. */
export async function replaceTexts(
  manager: EntityManager,
  { releaseId, locale }: { readonly releaseId: string; readonly locale: Locale },
  segments: readonly LocaleSegment[],
  { isNew }: { readonly isNew: boolean },
): Promise<void> {
  if (!isNew) {
    await manager.delete(SegmentTextEntity, { releaseId, locale });
    await manager.delete(SegmentEntity, { releaseId, locale });
  }
  const own = segments.filter((segment) => segment.own);
  const rows = own.map(({ key, kind, afterKey }, position) => {
    return { releaseId, key, kind, locale, position, afterKey };
  });
  if (rows.length > 0) await manager.insert(SegmentEntity, rows);
  const texts = segments.map(({ key, text, sourceDigest, origin }) => {
    return { releaseId, locale, key, text, sourceDigest, origin: origin ?? 'HUMAN' };
  });
  await manager.insert(SegmentTextEntity, texts);
}

export async function setState(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
  state: StartedState,
): Promise<void> {
  await manager.update(TranslationEntity, { releaseId, locale }, { state });
}

/** The locale that a release was written in; null for an unknown one. */
export async function findOriginalLocale(db: Queryable, releaseId: string): Promise<Locale | null> {
  const [row] = await db.query<{ original_locale: Locale }>(
    'SELECT original_locale FROM authoring.release WHERE id = $1',
    [releaseId],
  );
  return row?.original_locale ?? null;
}
