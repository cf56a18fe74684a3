import { type Locale, LOCALES } from '../../kernel/locale.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { SqlValues } from '../reading/index.js';
import { entriesSql, type ParityRules, type ParityScope } from './parity.repository.js';

export interface MonthLocaleCounts {
  readonly locale: Locale;
  readonly published: number;
  readonly current: number;
  readonly simultaneous: number;
}

export interface MonthCounts {
  /** The first day of the month, `YYYY-MM-DD`. */
  readonly month: string;
  readonly releases: number;
  /** All four, in the order of their numbers. */
  readonly locales: readonly MonthLocaleCounts[];
}

/** A text that is published within this time of its original counts as simultaneous in a month. */
const SIMULTANEOUS_HOURS = 24;

/**
 * Counts the releases of a scope by the month of their date, oldest first, in one statement. Months without a release
 * are absent.
 *
 * @throws AppError COUNTRY_UNKNOWN, DATE_RANGE_EMPTY
 */
export async function countMonths(
  db: Queryable,
  scope: ParityScope,
  rules: ParityRules,
): Promise<MonthCounts[]> {
  const sql = new SqlValues();
  return db.query<MonthCounts>(
    `WITH ${entriesSql(sql, scope, rules)},
     months AS (SELECT date_trunc('month', date::timestamp) AS month, count(*)::int AS releases FROM chosen GROUP BY 1),
     counts AS (
       SELECT date_trunc('month', date::timestamp) AS month, place, count(*) AS published,
              count(*) FILTER (WHERE freshness = 'CURRENT') AS current,
              count(*) FILTER (WHERE hours <= ${SIMULTANEOUS_HOURS}) AS simultaneous
         FROM entries GROUP BY 1, 2)
     SELECT to_char(m.month, 'YYYY-MM-DD') AS month, m.releases,
            jsonb_agg(jsonb_build_object('locale', n.name, 'published', coalesce(c.published, 0),
              'current', coalesce(c.current, 0), 'simultaneous', coalesce(c.simultaneous, 0))
              ORDER BY n.place) AS locales
       FROM months m
      CROSS JOIN unnest(${sql.add(LOCALES, 'text[]')}) WITH ORDINALITY AS n (name, place)
       LEFT JOIN counts c ON c.month = m.month AND c.place = n.place
      GROUP BY m.month, m.releases ORDER BY m.month`,
    sql.values,
  );
}
