import type { Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';

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

/** Of each translation, from the oldest on. */
export async function loadComments(
  db: Queryable,
  keys: readonly { readonly releaseId: string; readonly locale: Locale }[],
): Promise<CommentRecord[][]> {
  const rows = await db.query<CommentRecord>(
    `SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::text[]) AS k (release_id, locale)
       JOIN authoring.comment c USING (release_id, locale) ORDER BY c.at, c.id`,
    [keys.map(({ releaseId }) => releaseId), keys.map(({ locale }) => locale)],
  );
  return keys.map(({ releaseId, locale }) => {
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
