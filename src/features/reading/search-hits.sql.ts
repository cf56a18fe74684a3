import { type Search, type SearchTerms, tsquerySql } from './search-terms.js';
import { isServedSql, type ServedLocale, servedSql } from './served-locale.sql.js';
import { allOf, type SqlValues } from './sql.js';

/** Where what was searched for stands: in the title, in title and summary, or not without the body. */
export const HIT_PARTS = ['TITLE', 'LEAD', 'TEXT'] as const;
export type HitPart = (typeof HIT_PARTS)[number];

/**
 * The conditions on a text `t` of that locale that is found. Each text that is found is in one part, whatever the search is.
 *
 * @param part null for all of them
 */
export function hitConditions(
  sql: SqlValues,
  { terms, wanted }: Search,
  locale: number,
  part: HitPart | null,
): string[] {
  const found = () => `t.search @@ ${tsquerySql(sql, terms, locale)}`;
  if (part === null || wanted === null) return [found()];
  const { inTitle, inLead } = places(sql, wanted, locale);
  if (part === 'TEXT') return [found(), `NOT ${inLead}`, `NOT ${inTitle}`];
  const conditions = part === 'TITLE' ? [inTitle] : [inLead, `NOT ${inTitle}`];
  // With nothing excluded, what a title has the whole text has, which need not be unpacked to know it.
  return wanted === terms ? conditions : [...conditions, found()];
}

/** Whether a text has it in its title, and in title and summary. */
function places(sql: SqlValues, wanted: SearchTerms, locale: number) {
  const query = tsquerySql(sql, wanted, locale);
  return { inTitle: `t.title_words @@ ${query}`, inLead: `t.lead_words @@ ${query}` };
}

const TEXT_COLUMNS = 't.release_id, t.locale, t.title, t.date, t.number';

/** Under FIELD, what is found in any of the fields that are shown, with the best place of a release as its `tier`. */
export function hitRowsByField(sql: SqlValues, served: ServedLocale, search: Search): string {
  const { locales } = served;
  const hits = [
    ...locales.map((locale) => titleHits(sql, served, search, locale)),
    ...locales.map((locale) => fieldHits(sql, served, search.terms, { locale, ...SUMMARY })),
    ...locales.map((locale) => fieldHits(sql, served, search.terms, { locale, ...BODY })),
  ];
  return `SELECT release_id, locale, title, date, number, max(tier)::smallint AS tier
            FROM (${hits.join(' UNION ALL ')}) hits
           GROUP BY release_id, locale, title, date, number`;
}

/** The text that the title is of, whatever else of it is shown. */
function titleHits(
  sql: SqlValues,
  served: ServedLocale,
  { terms, wanted }: Search,
  locale: number,
): string {
  const query = tsquerySql(sql, terms, locale);
  const shown = isServedSql(sql, served, 't', locale);
  return `SELECT ${TEXT_COLUMNS}, ${tierSql(sql, wanted, locale)} AS tier
            FROM published.text t
           WHERE t.locale = ${locale} AND t.search @@ ${query} AND ${shown}`;
}

function tierSql(sql: SqlValues, wanted: SearchTerms | null, locale: number): string {
  if (wanted === null) return '1';
  const { inTitle, inLead } = places(sql, wanted, locale);
  return `CASE WHEN ${inTitle} THEN 3 WHEN ${inLead} THEN 2 ELSE 1 END`;
}

interface HitField {
  readonly mask: 'summary_mask' | 'body_mask';
  readonly weight: 'b' | 'c';
  readonly tier: number;
}

const SUMMARY: HitField = { mask: 'summary_mask', weight: 'b', tier: 2 };
const BODY: HitField = { mask: 'body_mask', weight: 'c', tier: 1 };

/** A summary or a body from another locale than the title: only that field's own words count. */
function fieldHits(
  sql: SqlValues,
  served: ServedLocale,
  terms: SearchTerms,
  { locale, mask, weight, tier }: HitField & { readonly locale: number },
): string {
  const query = tsquerySql(sql, terms, locale);
  const titleLocale = servedSql(sql, served, 'f');
  const conditions = [
    `f.locale = ${locale}`,
    `f.search @@ ${query}`,
    `ts_filter(f.search, '{${weight}}') @@ ${query}`,
    isServedSql(sql, served, 'f', locale, mask),
    `${titleLocale} <> ${locale}`,
  ];
  return `SELECT ${TEXT_COLUMNS}, ${tier} AS tier
            FROM published.text f
            JOIN published.text t ON t.release_id = f.release_id AND t.locale = ${titleLocale}
           WHERE ${allOf(conditions)}`;
}
