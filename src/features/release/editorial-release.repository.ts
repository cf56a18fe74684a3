import { LOCALES, type Locale } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { EditorialRecord, StoredSchedule, TranslationRecord } from './editorial-record.js';

const COLUMNS = `
  r.id, r.number, r.type, r.date, r.original_locale, r.publish_policy, r.revision,
  ARRAY(SELECT s.state_code FROM authoring.release_state s
         WHERE s.release_id = r.id AND s.relation = 'AUDIENCE' ORDER BY s.position) AS audiences,
  ARRAY(SELECT s.state_code FROM authoring.release_state s
         WHERE s.release_id = r.id AND s.relation = 'MENTION' ORDER BY s.position) AS mentions,
  (SELECT coalesce(json_agg(json_build_object('id', t.id, 'slug', t.slug) ORDER BY p.position), '[]')
     FROM authoring.release_topic p JOIN authoring.topic t ON t.id = p.topic_id
    WHERE p.release_id = r.id) AS topics,
  (SELECT coalesce(json_object_agg(t.locale, json_build_object(
            'state', t.state, 'revision', t.revision, 'publishedRevision', t.published_revision,
            'publishedAt', (SELECT min(e.published_at)
                              FROM authoring.edition_text x
                              JOIN authoring.edition e ON e.release_id = x.release_id AND e.number = x.edition
                             WHERE x.release_id = t.release_id AND x.locale = t.locale
                               AND x.revision = t.published_revision),
            'freshness', t.freshness, 'completeness', t.completeness,
            'updatedAt', t.updated_at, 'updatedBy', t.updated_by)), '{}')
     FROM authoring.translation t WHERE t.release_id = r.id) AS texts,
  (SELECT coalesce(json_object_agg(a.locale, json_build_object('assignee', a.assignee, 'dueAt', a.due_at)), '{}')
     FROM authoring.assignment a WHERE a.release_id = r.id) AS assignments,
  (SELECT json_build_object('at', s.at, 'revisions', s.revisions, 'state', s.state, 'by', s.by, 'unmet', s.unmet,
            'heldBackReason', CASE WHEN s.state = 'HELD_BACK' THEN coalesce(s.held_back_reason, 'RULES_UNMET') END)
     FROM authoring.schedule s WHERE s.release_id = r.id) AS schedule,
  (SELECT e.published_at FROM authoring.edition e
    WHERE e.release_id = r.id AND e.kind = 'RETRACTED'
      AND e.number = (SELECT max(n.number) FROM authoring.edition n WHERE n.release_id = r.id)
      AND NOT EXISTS (SELECT FROM authoring.edition_text x
                       WHERE x.release_id = r.id AND x.edition = e.number)) AS retracted_at`;

/** In JSON, instants are texts. */
interface TextRow extends Omit<
  NonNullable<TranslationRecord['text']>,
  'publishedAt' | 'updatedAt'
> {
  readonly publishedAt: string | null;
  readonly updatedAt: string;
}

interface ScheduleRow extends Omit<StoredSchedule, 'at'> {
  readonly at: string;
}

interface EditorialRow {
  readonly id: string;
  readonly number: string;
  readonly type: EditorialRecord['type'];
  readonly date: string;
  readonly original_locale: Locale;
  readonly publish_policy: EditorialRecord['publishPolicy'];
  readonly revision: number;
  readonly audiences: string[];
  readonly mentions: string[];
  readonly topics: { id: string; slug: string }[];
  readonly texts: Partial<Record<Locale, TextRow>>;
  readonly assignments: Partial<Record<Locale, { assignee: string | null; dueAt: string | null }>>;
  readonly schedule: ScheduleRow | null;
  readonly retracted_at: Date | null;
}

/**
 * Releases with their locales, assignments and schedule, in one statement.
 *
 * @param rest of the statement, from WHERE on; `r` is the row of authoring.release
 */
export async function listEditorialReleases(
  db: Queryable,
  rest: string,
  values: readonly unknown[],
): Promise<EditorialRecord[]> {
  const rows = await db.query<EditorialRow>(
    `SELECT ${COLUMNS} FROM authoring.release r ${rest}`,
    values,
  );
  return rows.map(editorialRecord);
}

function editorialRecord(row: EditorialRow): EditorialRecord {
  const { id, number, type, date, revision, audiences, mentions, topics, schedule } = row;
  return {
    id,
    number,
    type,
    date,
    revision,
    audiences,
    mentions,
    topics,
    originalLocale: row.original_locale,
    publishPolicy: row.publish_policy,
    translations: LOCALES.map((locale) => translationRecord(row, locale)),
    schedule: schedule && { ...schedule, at: new Date(schedule.at) },
    retractedAt: row.retracted_at,
  };
}

function translationRecord(row: EditorialRow, locale: Locale): TranslationRecord {
  const text = row.texts[locale];
  const { assignee = null, dueAt = null } = row.assignments[locale] ?? {};
  return {
    releaseId: row.id,
    locale,
    isOriginal: locale === row.original_locale,
    text: text
      ? {
          ...text,
          publishedAt: dateOf(text.publishedAt),
          updatedAt: new Date(text.updatedAt),
        }
      : null,
    assignee,
    dueAt: dateOf(dueAt),
  };
}

function dateOf(instant: string | null): Date | null {
  return instant === null ? null : new Date(instant);
}
