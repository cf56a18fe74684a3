import { AppError } from '../../kernel/errors.js';
import { AVAILABILITY_STATUSES, type AvailabilityStatus } from '../../kernel/availability.js';
import { type Locale, maskOf } from '../../kernel/locale.js';
import { localeNumber } from '../../kernel/localization.js';
import { RELEASE_TYPES, type ReleaseType } from '../../kernel/release.js';
import type { ReferenceData } from '../audience/index.js';
import { availabilitySql } from './served-locale.sql.js';
import type { SqlValues } from './sql.js';

export interface ReleaseFilter {
  readonly type?: readonly ReleaseType[] | null;
  readonly dateFrom?: string | null;
  readonly dateTo?: string | null;
  readonly topic?: readonly string[] | null;
  readonly mentions?: readonly string[] | null;
  readonly addressedTo?: string | null;
  readonly originalLocale?: readonly Locale[] | null;
  readonly publishedIn?: {
    readonly all?: readonly Locale[] | null;
    readonly any?: readonly Locale[] | null;
    readonly none?: readonly Locale[] | null;
  } | null;
  readonly availability?: readonly AvailabilityStatus[] | null;
}

export interface FilterContext {
  readonly reference: ReferenceData;
  /** For `availability`. */
  readonly audience: string | null;
  readonly order: readonly Locale[];
  readonly today: string;
}

const MAX_LIST_LENGTH = 100;

/**
 * A filter as conditions on the release `r`. An empty list requires one of nothing, so no release meets it (but every
 * release meets an empty `all` or `none`).
 *
 * @throws AppError AUDIENCE_MISSING, COUNTRY_UNKNOWN, DATE_RANGE_EMPTY, LIST_TOO_LONG
 */
export function filterSql(sql: SqlValues, filter: ReleaseFilter, context: FilterContext): string[] {
  checkLists(filter);
  const { reference } = context;
  const conditions: string[] = [];
  const { type, dateFrom, dateTo, topic, mentions, addressedTo, originalLocale } = filter;
  if (dateFrom && dateTo && dateFrom > dateTo) {
    throw new AppError('DATE_RANGE_EMPTY', { from: dateFrom, to: dateTo });
  }
  if (type) {
    const numbers = type.map((value) => RELEASE_TYPES.indexOf(value) + 1);
    conditions.push(`r.type = ANY (${sql.add(numbers, 'smallint[]')})`);
  }
  if (dateFrom) conditions.push(`r.date >= ${sql.add(dateFrom, 'date')}`);
  if (dateTo) conditions.push(`r.date <= ${sql.add(dateTo, 'date')}`);
  if (topic) {
    const ids = reference.topics.filter(({ slug }) => topic.includes(slug)).map(({ id }) => id);
    conditions.push(`r.topics && ${sql.add(ids, 'uuid[]')}`);
  }
  if (mentions) {
    const codes = mentions.map((code) => reference.getState(code).code);
    conditions.push(`r.mentions && ${sql.add(codes, 'text[]')}`);
  }
  if (addressedTo) {
    const code = sql.add([reference.getState(addressedTo).code], 'text[]');
    conditions.push(`(r.audiences @> ${code} OR r.audiences = '{}')`);
  }
  if (originalLocale) {
    conditions.push(
      `r.original = ANY (${sql.add(originalLocale.map(localeNumber), 'smallint[]')})`,
    );
  }
  return [
    ...conditions,
    ...publishedInSql(sql, filter),
    ...availabilityCondition(sql, filter, context),
  ];
}

function publishedInSql(sql: SqlValues, { publishedIn }: ReleaseFilter): string[] {
  const conditions: string[] = [];
  const { all, any, none } = publishedIn ?? {};
  if (all) conditions.push(`r.published_mask & ${mask(sql, all)} = ${mask(sql, all)}`);
  if (any) conditions.push(`r.published_mask & ${mask(sql, any)} <> 0`);
  if (none) conditions.push(`r.published_mask & ${mask(sql, none)} = 0`);
  return conditions;
}

function mask(sql: SqlValues, locales: readonly Locale[]): string {
  return sql.add(maskOf(locales), 'smallint');
}

function availabilityCondition(
  sql: SqlValues,
  { availability }: ReleaseFilter,
  { audience, reference, order, today }: FilterContext,
): string[] {
  if (!availability) return [];
  if (audience === null) throw new AppError('AUDIENCE_MISSING');
  const status = availabilitySql(sql, audience, reference, order, today);
  const wanted = AVAILABILITY_STATUSES.map((value) => availability.includes(value));
  // A truth table, not "= ANY": see published.is_served.
  return [`(${sql.add(wanted, 'boolean[]')})[${status}]`];
}

function checkLists(filter: ReleaseFilter): void {
  for (const [argument, value] of Object.entries(filter)) {
    if (Array.isArray(value) && value.length > MAX_LIST_LENGTH) {
      throw new AppError('LIST_TOO_LONG', { argument, max: MAX_LIST_LENGTH });
    }
  }
}
