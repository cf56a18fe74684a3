import { AVAILABILITY_STATUSES, type AvailabilityStatus } from '../../kernel/availability.js';
import { type Locale, LOCALES } from '../../kernel/locale.js';
import { requiredTimeline } from '../../kernel/member-state.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { ReferenceData } from '../audience/index.js';
import { allOf, availabilitySql, filterSql, SqlValues } from '../reading/index.js';

/** The date range of the releases, both days included; null for no bound. */
export interface ParityScope {
  readonly from: string | null;
  readonly to: string | null;
  /** Only releases addressed to this state. */
  readonly audience: string | null;
}

/** The rules by which the audiences are evaluated. */
export interface ParityRules {
  readonly reference: ReferenceData;
  readonly order: readonly Locale[];
  readonly today: string;
}

export interface LocaleCounts {
  readonly published: number;
  readonly current: number;
  readonly stale: number;
  readonly machine: number;
  readonly lagMedian: number | null;
  readonly lagP90: number | null;
  readonly simultaneous: number;
}

interface LocaleRow extends LocaleCounts {
  locale: Locale;
  releases: number;
}

/**
 * The origin is stored only in the content, which is unpacked once per text: title, summary and each block. No original
 * has a machine part.
 */
const HAS_MACHINE_PART = `t.content @? '$.* ? (@.origin == "MACHINE")'`;

/**
 * `chosen`, the releases of a scope, and `entries`, their published locales: by number, with the hours after the
 * original, null if either text was published elsewhere before it was imported.
 */
export function entriesSql(sql: SqlValues, scope: ParityScope, rules: ParityRules): string {
  return `chosen AS MATERIALIZED (SELECT r.id, r.date, r.original, r.locales FROM published.release r
                                   WHERE ${scopeSql(sql, scope, rules)}),
     entries AS (
       SELECT c.id, c.date, c.original, p.place, l.freshness,
              CASE WHEN (l."isImported" OR o."isImported") IS NOT TRUE
                   THEN EXTRACT(EPOCH FROM l."publishedAt" - o."publishedAt") / 3600 END AS hours
         FROM chosen c
        CROSS JOIN jsonb_to_recordset(c.locales)
                AS l (locale text, freshness text, slug text, "publishedAt" timestamptz, "isImported" boolean)
         JOIN unnest(${sql.add(LOCALES, 'text[]')}) WITH ORDINALITY AS p (name, place) ON p.name = l.locale
         JOIN LATERAL jsonb_to_recordset(c.locales) AS o (locale text, "publishedAt" timestamptz, "isImported" boolean)
           ON o.locale = (${sql.add(LOCALES, 'text[]')})[c.original]
        WHERE l.slug IS NOT NULL)`;
}

/**
 * Counts the releases of a scope and the status of each locale in them, in one statement.
 *
 * @throws AppError COUNTRY_UNKNOWN, DATE_RANGE_EMPTY
 */
export async function countLocales(
  db: Queryable,
  scope: ParityScope,
  rules: ParityRules,
): Promise<{ releases: number; locales: ReadonlyMap<Locale, LocaleCounts> }> {
  const sql = new SqlValues();
  const lag = (part: number) =>
    `(percentile_cont(${part}) WITHIN GROUP (ORDER BY e.hours) FILTER (WHERE e.place <> e.original))::float8`;
  const rows = await db.query<LocaleRow>(
    `WITH ${entriesSql(sql, scope, rules)}
     SELECT name AS locale, (SELECT count(*)::int FROM chosen) AS releases,
            count(e.id)::int AS published,
            count(*) FILTER (WHERE e.freshness = 'CURRENT')::int AS current,
            count(*) FILTER (WHERE e.freshness = 'STALE')::int AS stale,
            count(*) FILTER (WHERE ${HAS_MACHINE_PART})::int AS machine,
            ${lag(0.5)} AS "lagMedian", ${lag(0.9)} AS "lagP90",
            count(*) FILTER (WHERE e.hours = 0)::int AS simultaneous
       FROM unnest(${sql.add(LOCALES, 'text[]')}) WITH ORDINALITY AS n (name, place)
       LEFT JOIN entries e ON e.place = n.place
       LEFT JOIN published.text t ON t.release_id = e.id AND t.locale = e.place AND e.place <> e.original
      GROUP BY n.name`,
    sql.values,
  );
  const counts = rows.map(({ locale, releases: _all, ...row }) => [locale, row] as const);
  return { releases: rows[0]?.releases ?? 0, locales: new Map(counts) };
}

export type AudienceCounts = Readonly<Record<AvailabilityStatus, number>>;

/** The days on which the requirements of one of these states change: between two of them, all days are equivalent. */
function turningDays(reference: ReferenceData, codes: readonly string[]): string[] {
  const days = codes.flatMap((code) => {
    const state = reference.getState(code);
    return RELEASE_TYPES.flatMap((type) => {
      return requiredTimeline(state, reference.rulesOf(code), type).days;
    });
  });
  return [...new Set(days)].sort();
}

/**
 * Counts how the releases addressed to each state are available to it, by the rule of Release.availability: one
 * statement for all states. Releases that no audience can distinguish are evaluated once.
 *
 * @throws AppError COUNTRY_UNKNOWN, DATE_RANGE_EMPTY
 */
export async function countAudiences(
  db: Queryable,
  scope: ParityScope,
  rules: ParityRules,
  codes: readonly string[],
): Promise<ReadonlyMap<string, AudienceCounts>> {
  const sql = new SqlValues();
  const { reference, order, today } = rules;
  const branches = codes.map((code) => {
    const status = availabilitySql(sql, code, reference, order, today);
    const state = sql.add(code, 'text');
    return `SELECT ${state} AS code, ${status} AS status, sum(r.count)::int AS count FROM alike r
             WHERE r.audiences = '{}' OR ${state} = ANY (r.audiences) GROUP BY 2`;
  });
  const rows = await db.query<{ code: string; status: number; count: number }>(
    `WITH alike AS MATERIALIZED (
       SELECT r.type, r.original, r.whole_mask, r.stale_mask, r.audiences, min(r.date) AS date, count(*) AS count
         FROM published.release r WHERE ${scopeSql(sql, scope, rules)}
        GROUP BY r.type, r.original, r.whole_mask, r.stale_mask, r.audiences,
                 width_bucket(r.date, ${sql.add(turningDays(reference, codes), 'date[]')}))
     ${branches.join(' UNION ALL ')}`,
    sql.values,
  );
  const countsOf = (code: string): AudienceCounts => {
    const counts = AVAILABILITY_STATUSES.map((status, index) => {
      const row = rows.find((found) => found.code === code && found.status === index + 1);
      return [status, row?.count ?? 0] as const;
    });
    return Object.fromEntries(counts) as Record<AvailabilityStatus, number>;
  };
  return new Map(codes.map((code) => [code, countsOf(code)]));
}

function scopeSql(
  sql: SqlValues,
  { from, to, audience }: ParityScope,
  { reference, order, today }: ParityRules,
): string {
  const filter = { dateFrom: from, dateTo: to, addressedTo: audience };
  return allOf(filterSql(sql, filter, { reference, audience, order, today }));
}
