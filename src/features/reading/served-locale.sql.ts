import type { ReferenceData } from '../audience/index.js';
import type { Locale } from '../../kernel/locale.js';
import {
  decisionTable,
  NO_TERMS,
  type AudienceTerms,
  type Reader,
} from '../../kernel/localization.js';
import { memoizeByText } from '../../kernel/memoize-by-text.js';
import { requiredTimeline } from '../../kernel/member-state.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import type { SqlValues } from './sql.js';

/** A reader's decisions for every type of release, in the form of a table for `published.served`. */
export interface ServedLocale {
  readonly decisions: readonly number[];
  readonly withholds: readonly number[];
  /** The mask of eligible locales: whole texts only, or under FIELD every text that has a title. */
  readonly wantedColumn: 'whole_mask' | 'published_mask';
  /** Numbers of the locales in which any release may be shown. */
  readonly locales: readonly number[];
}

/** Those of recent readers, computed from the rules in the reference data. */
const known = new WeakMap<ReferenceData, (name: string) => ServedLocale>();
const MAX_CACHED = 300;

export function servedLocale(
  reader: Reader,
  reference: ReferenceData,
  order: readonly Locale[],
  today: string,
): ServedLocale {
  let find = known.get(reference);
  if (!find) {
    find = memoizeByText((name) => {
      const requested = JSON.parse(name) as [Reader, readonly Locale[], string];
      return workOut(reference, ...requested);
    }, MAX_CACHED);
    known.set(reference, find);
  }
  return find(JSON.stringify([reader, order, today]));
}

function workOut(
  reference: ReferenceData,
  reader: Reader,
  order: readonly Locale[],
  today: string,
): ServedLocale {
  const terms = RELEASE_TYPES.map((type) => servingTerms(reader, reference, type, today));
  const decisions = terms.flatMap((term) => decisionTable(reader, term, order));
  return {
    decisions,
    withholds: terms.map(({ withholdsStale }) => (withholdsStale ? 15 : 0)),
    wantedColumn: reader.coherence === 'FIELD' ? 'published_mask' : 'whole_mask',
    locales: [...new Set(decisions)].filter((number) => number > 0).sort(),
  };
}

/** Chain, languages and stale policy do not depend on the date of a release, only on its type. */
function servingTerms(
  reader: Reader,
  reference: ReferenceData,
  type: (typeof RELEASE_TYPES)[number],
  today: string,
): AudienceTerms {
  if (reader.audience === null) return NO_TERMS;
  return reference.termsFor(reader.audience, { type, date: today }, today);
}

/** The SQL for the number of the locale in which the row of `table` is shown, 0 for none. */
export function servedSql(
  sql: SqlValues,
  served: ServedLocale,
  table: string,
  wanted: string = served.wantedColumn,
): string {
  const decisions = sql.add(served.decisions, 'smallint[]');
  const withholds = sql.add(served.withholds, 'smallint[]');
  return `published.served(${decisions}, ${withholds}, ${table}.type, ${table}.original, ${table}.${wanted}, ${table}.stale_mask)`;
}

/** The SQL for whether that locale is `locale`, in the form that the planner estimates well. */
export function isServedSql(
  sql: SqlValues,
  served: ServedLocale,
  table: string,
  locale: number,
  wanted: string = served.wantedColumn,
): string {
  const truths = sql.add(formsOf(served, locale).truths, 'boolean[]');
  const withholds = sql.add(served.withholds, 'smallint[]');
  return `published.is_served(${truths}, ${withholds}, ${table}.type, ${table}.original, ${table}.${wanted}, ${table}.stale_mask)`;
}

/**
 * The SQL for whether `locale` can be served at all, given the whole locales of a text `t`. It is implied by
 * `isServedSql`, but the planner has statistics on facets, and so knows that few texts are shown in a language that is
 * the last resort.
 */
export function mayBeServedSql(sql: SqlValues, served: ServedLocale, locale: number): string {
  return `t.facet = ANY (${sql.add(formsOf(served, locale).facets, 'smallint[]')})`;
}

const FACETS = 64;

/** Whether the facet can select the locale for any type of release. A withheld stale text counts as missing. */
function canFallOn({ decisions, withholds }: ServedLocale, facet: number, locale: number): boolean {
  return withholds.some((withheld, type) =>
    MASKS.some((stale) => decisions[type * FACETS + (facet & ~(stale & withheld))] === locale),
  );
}

const MASKS = Array.from({ length: 16 }, (_, mask) => mask);

/** The decisions for one locale: by release, and by facet. */
interface LocaleForms {
  readonly truths: readonly boolean[];
  readonly facets: readonly number[];
}

const forms = new WeakMap<ServedLocale, Map<number, LocaleForms>>();

function formsOf(served: ServedLocale, locale: number): LocaleForms {
  let byLocale = forms.get(served);
  if (!byLocale) forms.set(served, (byLocale = new Map<number, LocaleForms>()));
  let found = byLocale.get(locale);
  if (!found) {
    const facets = Array.from({ length: FACETS }, (_, facet) => facet);
    found = {
      truths: served.decisions.map((number) => number === locale),
      facets: facets.filter((facet) => canFallOn(served, facet, locale)),
    };
    byLocale.set(locale, found);
  }
  return found;
}

/** The SQL for the availability of the release `r` for one audience: its position in AVAILABILITY_STATUSES, from 1. */
export function availabilitySql(
  sql: SqlValues,
  audience: string,
  reference: ReferenceData,
  order: readonly Locale[],
  today: string,
): string {
  const reader: Reader = { requested: [], audience, coherence: 'RELEASE' };
  const served = servedSql(sql, servedLocale(reader, reference, order, today), 'r');
  const { days, masks } = timelines(audience, reference);
  const day = `width_bucket(r.date, ${sql.add(days, 'date[]')})`;
  const required = `(${sql.add(masks, 'smallint[]')})[(r.type - 1) * ${days.length + 1} + ${day} + 1]`;
  const own = RELEASE_TYPES.map((type) => servingTerms(reader, reference, type, today).languages);
  const languages = `(${sql.add(own, 'smallint[]')})[r.type]`;
  return `published.availability(${served}, ${required}, ${languages}, r.original, r.whole_mask, r.stale_mask)`;
}

/** The timelines of all types over the same days, one after the other. */
function timelines(
  audience: string,
  reference: ReferenceData,
): { days: string[]; masks: number[] } {
  const state = reference.getState(audience);
  const rules = reference.rulesOf(audience);
  const lines = RELEASE_TYPES.map((type) => requiredTimeline(state, rules, type));
  return { days: lines[0]?.days ?? [], masks: lines.flatMap(({ masks }) => masks) };
}
