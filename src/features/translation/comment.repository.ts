import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { TextPlace } from './text-place.js';

export interface NewComment extends TextPlace {
  /** null for the text as a whole. */
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

/** A resolved comment does not change again. @returns whether the comment exists */
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

/** The text that a comment is about; null for an unknown comment. */
export async function findCommentPlace(db: Queryable, id: string): Promise<TextPlace | null> {
  const [row] = await db.query<{ release_id: string; locale: Locale }>(
    'SELECT release_id, locale FROM authoring.comment WHERE id = $1',
    [id],
  );
  return row ? { releaseId: row.release_id, locale: row.locale } : null;
}

export interface CommentRecord {
  readonly id: string;
  readonly releaseId: string;
  readonly locale: Locale;
  readonly segmentKey: string | null;
  readonly body: string;
  readonly by: string;
  readonly at: Date;
  readonly resolvedAt: Date | null;
}

const COLUMNS = `c.id, c.release_id AS "releaseId", c.locale, c.segment_key AS "segmentKey", c.body, c.by, c.at,
  c.resolved_at AS "resolvedAt"`;

/** The comments on each text, the oldest first. */
export async function loadComments(
  db: Queryable,
  places: readonly TextPlace[],
): Promise<CommentRecord[][]> {
  const rows = await db.query<CommentRecord>(
    `SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::text[]) AS k (release_id, locale)
       JOIN authoring.comment c USING (release_id, locale) ORDER BY c.at, c.id`,
    [places.map(({ releaseId }) => releaseId), places.map(({ locale }) => locale)],
  );
  return places.map(({ releaseId, locale }) => {
    return rows.filter((row) => row.releaseId === releaseId && row.locale === locale);
  });
}

export async function findComment(db: Queryable, id: string): Promise<CommentRecord | null> {
  const rows = await db.query<CommentRecord>(
    `SELECT ${COLUMNS} FROM authoring.comment c WHERE c.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
