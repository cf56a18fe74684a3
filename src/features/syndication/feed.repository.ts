import type { Queryable } from '../../platform/db/queryable.js';
import {
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
  type ServedLocale,
  SqlValues,
} from '../reading/index.js';

/** A release, and when the text that a reader gets of it last became another one. */
export interface NewestRelease {
  readonly record: ReleaseRecord;
  readonly changedAt: Date;
}

/**
 * The releases of which a reader was last given something new, newest first. The change log is read backwards, and an
 * entry counts that is the last one of its release to have changed the text shown.
 *
 * @param served the reader's decisions, under RELEASE or STRICT
 */
export async function newestReleases(
  db: Queryable,
  served: ServedLocale,
  count: number,
): Promise<NewestRelease[]> {
  const sql = new SqlValues();
  const text = `
    SELECT ${RELEASE_COLUMNS}, e.at AS changed_at
      FROM published.change_log e JOIN published.release r ON r.id = e.release_id
     WHERE ${changesShown(sql, served, 'e')}
       AND NOT EXISTS (SELECT FROM published.change_log l
                        WHERE l.release_id = e.release_id AND l.seq > e.seq AND ${changesShown(sql, served, 'l')})
     ORDER BY e.seq DESC LIMIT ${sql.add(count, 'int')}`;
  const rows = await db.query<ReleaseRow & { changed_at: Date }>(text, sql.values);
  return rows.map((row) => ({ record: releaseRecord(row), changedAt: row.changed_at }));
}

/**
 * Whether an entry of the log is about the text that is shown now: a publication that has it, or a retraction without
 * which another text would be shown.
 */
function changesShown(
  sql: SqlValues,
  { decisions, withholds }: ServedLocale,
  entry: string,
): string {
  const tables = `${sql.add(decisions, 'smallint[]')}, ${sql.add(withholds, 'smallint[]')}`;
  const shown = (mask: string) =>
    `published.served(${tables}, r.type, r.original, ${mask}, r.stale_mask)`;
  const now = shown('r.whole_mask');
  const before = shown(`(r.whole_mask | ${entry}.changed_mask)::smallint`);
  return `CASE ${entry}.kind
            WHEN 'PUBLISHED' THEN ${entry}.changed_mask & (1 << ${now} >> 1) <> 0
            WHEN 'RETRACTED' THEN ${now} <> 0 AND ${now} <> ${before}
            ELSE false END`;
}

/** What everything that readers see stands on. */
export interface LogHead {
  readonly databaseId: string;
  readonly seq: string;
  /** When anything that readers see last changed; null while nothing ever did. */
  readonly at: Date | null;
}

export async function findLogHead(db: Queryable): Promise<LogHead> {
  const [row] = await db.query<{ database_id: string; seq: string; at: Date | null }>(
    `SELECT h.database_id, h.seq, (SELECT l.at FROM published.change_log l WHERE l.seq = h.seq) AS at
       FROM published.change_log_head h`,
    [],
  );
  if (!row) throw new Error('the change log has one head');
  return { databaseId: row.database_id, seq: row.seq, at: row.at };
}
