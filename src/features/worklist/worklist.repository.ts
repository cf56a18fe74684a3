import { allows, localesFor, type Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import { type Locale, LOCALES } from '../../kernel/locale.js';
import type { Freshness } from '../../kernel/release.js';
import type { TranslationState } from '../../kernel/workflow.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { decodeKeyset, encodeKeyset } from '../../platform/graphql/schema/paging.js';
import type { ReferenceData } from '../audience/index.js';
import { requiredByAll, requiredPeriods } from './required-locales.policy.js';

export interface WorklistFilter {
  readonly locale?: readonly Locale[] | null;
  readonly state?: readonly TranslationState[] | null;
  readonly freshness?: readonly Freshness[] | null;
  readonly assignedToMe?: boolean | null;
  /** Only what this audience requires. */
  readonly audience?: string | null;
  readonly dueBefore?: Date | null;
}

/** One open translation, with its cursor in the list. */
export interface WorkItem {
  readonly releaseId: string;
  readonly locale: Locale;
  readonly cursor: string;
}

/**
 * The number of audiences that require each locale, by release. The date of the release decides which rules apply. A
 * release without audiences is addressed to all: for these there is one table by day.
 */
const REQUIRED = `
  SELECT d.id AS release_id, p.locale, count(*)::int AS audiences
    FROM addressed d
    JOIN periods p ON p.audience = d.state_code AND p.type = d.type AND d.date >= p.since AND d.date < p.until
   GROUP BY d.id, p.locale
  UNION ALL
  SELECT r.id, p.locale, p.audiences[1 + width_bucket(r.date, p.days)]
    FROM authoring.release r
    JOIN everyone p ON p.type = r.type
   WHERE NOT EXISTS (SELECT FROM addressed d WHERE d.id = r.id)`;

/**
 * $1 periods, $2 everyone, $3 the caller's locales, $4 those where they review, $5 whether they are an editor, $6 their
 * account. rank: 0 held back, 1 missing, 2 returned, 3 stale, 4 with a deadline, 5 the rest.
 */
const WORK = `
  WITH periods AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS p (audience text, type text, since date, until date, locale text)
  ), everyone AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb)
      AS p (type text, locale text, days date[], audiences int[])
  ), addressed AS MATERIALIZED (
    -- Materialized: the planner would read the states of each release for each period of its type.
    SELECT r.id, r.type, r.date, s.state_code FROM authoring.release_state s
      JOIN authoring.release r ON r.id = s.release_id WHERE s.relation = 'AUDIENCE'
  ), required AS (${REQUIRED}), withdrawn AS (
    SELECT DISTINCT e.release_id FROM authoring.edition e
     WHERE e.kind = 'RETRACTED' AND NOT EXISTS (SELECT FROM published.release p WHERE p.id = e.release_id)
  ), item AS (
    SELECT r.id AS release_id, l.locale, l.place, r.number, r.original_locale = l.locale AS is_original,
           coalesce(t.state, 'NOT_STARTED') AS state, t.freshness, t.revision, t.published_revision,
           coalesce(t.completeness, 0) AS completeness, a.assignee, a.due_at,
           coalesce(q.audiences, 0) AS audiences, -(r.date - DATE '1970-01-01') AS day,
           s.release_id IS NOT NULL AS held_back, w.release_id IS NOT NULL AS withdrawn
      FROM authoring.release r
     CROSS JOIN unnest($3::text[]) WITH ORDINALITY AS l (locale, place)
      LEFT JOIN authoring.translation t ON t.release_id = r.id AND t.locale = l.locale
      LEFT JOIN authoring.assignment a ON a.release_id = r.id AND a.locale = l.locale
      LEFT JOIN required q ON q.release_id = r.id AND q.locale = l.locale
      LEFT JOIN authoring.schedule s
        ON s.release_id = r.id AND s.state = 'HELD_BACK' AND s.revisions ? l.locale AND $5
      LEFT JOIN withdrawn w ON w.release_id = r.id
  ), task AS (
    SELECT *, CASE
        WHEN held_back THEN 0
        WHEN state = 'NOT_STARTED' THEN 1
        WHEN state = 'CHANGES_REQUESTED' THEN 2
        WHEN freshness = 'STALE' AND NOT withdrawn THEN 3
        WHEN due_at IS NOT NULL THEN 4
        ELSE 5 END AS rank,
      coalesce(extract(epoch FROM due_at)::float8, 'Infinity') AS due
      FROM item
     WHERE held_back
        OR (state = 'IN_REVIEW' AND locale = ANY ($4::text[]))
        OR ((NOT is_original OR $5) AND (
             (state = 'NOT_STARTED' AND (audiences > 0 AND NOT withdrawn OR assignee IS NOT NULL OR due_at IS NOT NULL))
             OR state IN ('DRAFT', 'CHANGES_REQUESTED')
             OR (state IN ('APPROVED', 'IN_REVIEW') AND NOT withdrawn AND freshness <> 'CURRENT')
             OR (state = 'APPROVED' AND NOT withdrawn AND completeness < 1)
             OR ($5 AND NOT withdrawn AND state = 'APPROVED' AND published_revision IS DISTINCT FROM revision)))
  )`;

/** The list as one viewer sees it, with one filter. */
export class Worklist {
  private readonly values: unknown[];
  private readonly conditions: string[] = [];
  private readonly name: unknown;

  constructor(
    private readonly db: Queryable,
    reference: ReferenceData,
    viewer: Viewer,
    filter: WorklistFilter,
  ) {
    this.name = ['worklist', viewer.accountId, filter];
    const isEditor = allows(viewer, 'PUBLISH');
    const own = LOCALES.filter((locale) => isEditor || allows(viewer, 'WRITE_TRANSLATION', locale));
    const wanted = filter.locale ?? LOCALES;
    this.values = [
      JSON.stringify(requiredPeriods(reference)),
      JSON.stringify(requiredByAll(reference)),
      own.filter((locale) => wanted.includes(locale)),
      localesFor(viewer, 'REVIEW', LOCALES),
      isEditor,
    ];
    this.narrow(viewer, filter);
  }

  private narrow(viewer: Viewer, filter: WorklistFilter): void {
    const { state, freshness, assignedToMe, audience, dueBefore } = filter;
    if (state) this.where((at) => `state = ANY (${at}::text[])`, state);
    if (freshness) this.where((at) => `freshness = ANY (${at}::text[])`, freshness);
    if (dueBefore) this.where((at) => `due_at < ${at}`, dueBefore);
    if (assignedToMe) this.where((at) => `assignee = ${at}`, viewer.accountId);
    if (audience) {
      this.where(
        (at) => `(release_id, locale) IN (
          SELECT r.id, p.locale FROM authoring.release r
            JOIN periods p ON p.audience = ${at} AND p.type = r.type AND r.date >= p.since AND r.date < p.until
           WHERE r.id IN (SELECT d.id FROM addressed d WHERE d.state_code = ${at})
              OR r.id NOT IN (SELECT d.id FROM addressed d))`,
        audience,
      );
    }
  }

  private where(condition: (at: string) => string, value: unknown): void {
    this.values.push(value);
    this.conditions.push(condition(`$${this.values.length}`));
  }

  /** The most urgent first. @throws AppError CURSOR_UNKNOWN */
  async page(
    size: number,
    after: string | null | undefined,
  ): Promise<{ items: WorkItem[]; hasNextPage: boolean }> {
    const from = decodeKeyset(this.name, after, [
      'number',
      'string',
      'number',
      'number',
      'string',
      'number',
    ]);
    const values = [...this.values, size + 1];
    const limit = values.length;
    const conditions = [...this.conditions];
    if (from) {
      const fits = from.every((value) => typeof value === 'string' || isInt(value));
      if (!fits || !DUE.test(String(from[1]))) {
        throw new AppError('CURSOR_UNKNOWN', { argument: 'after' });
      }
      const types = ['int', 'float8', 'int', 'int', 'text', 'bigint'];
      const places = from.map((value, index) => `$${values.push(value)}::${types[index]}`);
      conditions.push(`(rank, due, -audiences, day, number, place) > (${places.join(', ')})`);
    }
    const rows = await this.db.query<Row>(
      `${WORK} SELECT release_id, locale, rank, due::text AS due, -audiences AS lack, day, number, place::int
         FROM task ${clause(conditions)} ORDER BY rank, due, -audiences, day, number, place LIMIT $${limit}`,
      values,
    );
    const items = rows.slice(0, size).map((row): WorkItem => {
      const { release_id: releaseId, locale, rank, due, lack, day, number, place } = row;
      const cursor = encodeKeyset(this.name, [rank, due, lack, day, number, place]);
      return { releaseId, locale, cursor };
    });
    return { items, hasNextPage: rows.length > size };
  }

  async count(): Promise<number> {
    const [row] = await this.db.query<{ total: number }>(
      `${WORK} SELECT count(*)::int AS total FROM task ${clause(this.conditions)}`,
      this.values,
    );
    return row?.total ?? 0;
  }
}

/** Seconds since 1970 in the format of PostgreSQL. */
const DUE = /^(Infinity|-?\d{1,16}(\.\d{1,12})?(e\+\d{1,2})?)$/;

/** Whether the value fits into an integer of PostgreSQL. */
function isInt(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

interface Row {
  release_id: string;
  locale: Locale;
  rank: number;
  due: string;
  lack: number;
  day: number;
  number: string;
  place: number;
}

function clause(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
}
