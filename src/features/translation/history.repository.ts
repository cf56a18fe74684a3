import type { EntityManager } from 'typeorm';

import type { SegmentKind, TextOrigin } from '../../kernel/release.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { RevisionNote } from '../release/index.js';
import type { TextPlace } from './text-place.js';
import type { LocaleSegment } from './reading-order.policy.js';

/** A segment as it is stored in a row of the history. */
export interface RecordedSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  readonly own: boolean;
  readonly afterKey: string | null;
  readonly text: string | null;
  readonly sourceDigest: string | null;
  readonly origin: TextOrigin;
}

/**
 * The text of a locale in a revision, and the number of the revision that changed it last; null before the first. An
 * unknown revision counts as the newest one before it.
 */
export async function findText(
  db: Queryable,
  { releaseId, locale }: TextPlace,
  revision: number,
): Promise<{ readonly revision: number; readonly segments: LocaleSegment[] } | null> {
  const [row] = await db.query<{ revision: number; segments: RecordedSegment[] }>(
    `SELECT revision, segments FROM authoring.translation_revision
      WHERE release_id = $1 AND locale = $2 AND revision <= $3 AND segments IS NOT NULL
      ORDER BY revision DESC LIMIT 1`,
    [releaseId, locale, revision],
  );
  return row ? { revision: row.revision, segments: row.segments.map(asLocaleSegment) } : null;
}

export function asLocaleSegment(segment: RecordedSegment): LocaleSegment {
  return { ...segment, omitted: segment.text === null };
}

/** Records a step that does not change the text. */
export async function recordStep(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
  revision: number,
  { by, action, comment }: RevisionNote,
): Promise<void> {
  await manager.query(
    `INSERT INTO authoring.translation_revision (release_id, locale, revision, by, action, comment)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [releaseId, locale, revision, by, action, comment ?? null],
  );
}

/**
 * The authors of changes since the last approval. An approval that was followed by a return does not count. The text of
 * an import counts as approved: an author without a row in authoring.account is a program.
 */
export async function authorsSinceApproval(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
): Promise<string[]> {
  const rows = await manager.query<{ by: string }[]>(
    `SELECT DISTINCT by FROM authoring.translation_revision
      WHERE release_id = $1 AND locale = $2 AND segments IS NOT NULL
        AND id > coalesce((SELECT max(r.id) FROM authoring.translation_revision r
                            WHERE r.release_id = $1 AND r.locale = $2
                              AND (r.action = 'APPROVED' AND NOT EXISTS (
                                     SELECT FROM authoring.translation_revision n
                                      WHERE n.release_id = $1 AND n.locale = $2 AND n.revision = r.revision
                                        AND n.action = 'CHANGES_REQUESTED' AND n.id > r.id)
                                   OR NOT EXISTS (SELECT FROM authoring.account a WHERE a.id = r.by))), 0)`,
    [releaseId, locale],
  );
  return rows.map(({ by }) => by);
}

/** The given keys that another locale has, or has had, for a segment that only it has. */
export async function keysOfOthers(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await manager.query<{ key: string }[]>(
    `SELECT DISTINCT s ->> 'key' AS key
       FROM authoring.translation_revision r CROSS JOIN LATERAL jsonb_array_elements(r.segments) AS s
      WHERE r.release_id = $1 AND r.locale <> $2 AND r.segments IS NOT NULL AND s ->> 'key' = ANY ($3)`,
    [releaseId, locale, keys],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Whether the original or this locale has, or has had, a segment with that key. */
export async function hasEverHad(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
  key: string,
): Promise<boolean> {
  const [row] = await manager.query<{ known: boolean }[]>(
    `SELECT EXISTS (SELECT FROM authoring.source_version WHERE release_id = $1 AND key = $3)
       OR EXISTS (SELECT FROM authoring.translation_revision
                   WHERE release_id = $1 AND locale = $2
                     AND segments @> jsonb_build_array(jsonb_build_object('key', $3::text))) AS known`,
    [releaseId, locale, key],
  );
  return row?.known === true;
}

/** Every key that the original has ever had. */
export async function originalKeys(
  manager: EntityManager,
  releaseId: string,
): Promise<Set<string>> {
  const rows = await manager.query<{ key: string }[]>(
    "SELECT DISTINCT key FROM authoring.source_version WHERE release_id = $1 AND key <> ''",
    [releaseId],
  );
  return new Set(rows.map(({ key }) => key));
}
