import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { TextPlace } from './text-place.js';

export interface NewComment extends TextPlace {
  /** null: of the whole text. */
  readonly segmentKey: string | null;
  readonly body: string;
}

export async function insertComment(
  manager: EntityManager,
  { releaseId, locale, segmentKey, body }: NewComment,
  by: string,
): Promise<string> {
  const [row] = await manager.query<{ id: string }[]>(
    `INSERT INTO authoring.comment (release_id, locale, segment_key, body, by)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [releaseId, locale, segmentKey, body, by],
  );
  return row?.id ?? '';
}

/** Once resolved, a comment keeps its hour and its name. @returns whether there is such a comment */
export async function markResolved(
  manager: EntityManager,
  id: string,
  by: string,
): Promise<boolean> {
  const rows = await manager.query<object[]>(
    `WITH marked AS (
       UPDATE authoring.comment SET resolved_at = now(), resolved_by = $2
        WHERE id = $1 AND resolved_at IS NULL)
     SELECT 1 FROM authoring.comment WHERE id = $1`,
    [id, by],
  );
  return rows.length > 0;
}

/** Of which text a comment is; null for an unknown one. */
export async function findCommentPlace(db: Queryable, id: string): Promise<TextPlace | null> {
  const [row] = await db.query<{ release_id: string; locale: Locale }>(
    'SELECT release_id, locale FROM authoring.comment WHERE id = $1',
    [id],
  );
  return row ? { releaseId: row.release_id, locale: row.locale } : null;
}
