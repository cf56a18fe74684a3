import type { Locale } from '../../kernel/locale.js';
import { localeNumber } from '../../kernel/localization.js';
import type { Queryable } from '../../platform/db/queryable.js';
import {
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
  type ServedLocale,
  SqlValues,
} from '../reading/index.js';

/** A release, and when the text that a reader gets of it last changed. */
export interface NewestRelease {
  readonly record: ReleaseRecord;
  readonly changedAt: Date;
}

/**
 * The releases whose text last changed for a reader, newest first. The change log is read backward, and an entry counts
 * if it is the last one of its release to have changed the text shown. A text that was published elsewhere before its
 * import is dated by that earlier publication, so that it does not displace current releases.
 *
 * @param served the reader's decisions, under RELEASE or STRICT
 * @param locales the locales that may be served
 */
export async function newestReleases(
  db: Queryable,
  served: ServedLocale,
  locales: readonly Locale[],
  count: number,
): Promise<NewestRelease[]> {
  const sql = new SqlValues();
  const limit = sql.add(count, 'int');
  const shown = shownLocale(sql, served, 'r.whole_mask');
  const changed = (entry: string) => changesShown(sql, served, entry);
  // One branch per locale, so that each reads its own index and stops early.
  const imported = locales.map((locale) => {
    const number = localeNumber(locale);
    return `(SELECT r.id, r.import_published[${number}] AS at, e.seq
               FROM published.release r
              CROSS JOIN LATERAL (SELECT e.seq, e.edition FROM published.change_log e
                                   WHERE e.release_id = r.id AND ${changed('e')}
                                   ORDER BY e.seq DESC LIMIT 1) AS e
              WHERE r.import_published[${number}] IS NOT NULL AND ${shown} = ${number}
                AND e.edition = r.import_edition[${number}]
              ORDER BY r.import_published[${number}] DESC LIMIT ${limit})`;
  });
  const text = `
    WITH newest AS (
      (SELECT r.id, e.at, e.seq
         FROM published.change_log e JOIN published.release r ON r.id = e.release_id
        WHERE ${changed('e')}
          AND (r.import_edition[${shown}] = e.edition) IS NOT TRUE
          AND NOT EXISTS (SELECT FROM published.change_log l
                           WHERE l.release_id = e.release_id AND l.seq > e.seq AND ${changed('l')})
        ORDER BY e.seq DESC LIMIT ${limit})
      UNION ALL ${imported.join(' UNION ALL ')})
    SELECT ${RELEASE_COLUMNS}, n.at AS changed_at
      FROM (SELECT * FROM newest ORDER BY at DESC, seq DESC LIMIT ${limit}) AS n
      JOIN published.release r ON r.id = n.id
     ORDER BY n.at DESC, n.seq DESC`;
  const rows = await db.query<ReleaseRow & { changed_at: Date }>(text, sql.values);
  return rows.map((row) => ({ record: releaseRecord(row), changedAt: row.changed_at }));
}

/** The number of the locale that a reader is shown of a release `r`; 0 for none. */
function shownLocale(sql: SqlValues, { decisions, withholds }: ServedLocale, mask: string): string {
  const tables = `${sql.add(decisions, 'smallint[]')}, ${sql.add(withholds, 'smallint[]')}`;
  return `published.served(${tables}, r.type, r.original, ${mask}, r.stale_mask)`;
}

/**
 * Whether a log entry concerns the text that is shown now: a publication that contains it, or a retraction without
 * which another text would be shown.
 */
function changesShown(sql: SqlValues, served: ServedLocale, entry: string): string {
  const now = shownLocale(sql, served, 'r.whole_mask');
  const before = shownLocale(sql, served, `(r.whole_mask | ${entry}.changed_mask)::smallint`);
  return `CASE ${entry}.kind
            WHEN 'PUBLISHED' THEN ${entry}.changed_mask & (1 << ${now} >> 1) <> 0
            WHEN 'RETRACTED' THEN ${now} <> 0 AND ${now} <> ${before}
            ELSE false END`;
}

/** The version of everything that readers see. */
export interface FeedVersion {
  readonly databaseId: string;
  /**
   * The id of the newest change, which distinguishes it from another change with the same number after a restore; null
   * before the first change.
   */
  readonly changeId: string | null;
  /** When anything that readers see last changed; null if nothing ever has. */
  readonly at: Date | null;
  /** When the current presentation was first shown; null if there was never another one. */
  readonly presentedAt: Date | null;
}

export async function findFeedVersion(db: Queryable): Promise<FeedVersion> {
  const [row] = await db.query<FeedVersion>(
    `SELECT h.database_id AS "databaseId", published.change_id(h.seq) AS "changeId", h.presentation_at AS "presentedAt",
            (SELECT l.at FROM published.change_log l WHERE l.seq = h.seq) AS at
       FROM published.change_log_head h`,
    [],
  );
  if (!row) throw new Error('the change log has one head');
  return row;
}

/** The latest time a feed may have changed: its texts, or the names and languages it is shown in. */
export function lastModified({ at, presentedAt }: FeedVersion): Date | null {
  if (at === null || presentedAt === null) return at ?? presentedAt;
  return at > presentedAt ? at : presentedAt;
}
