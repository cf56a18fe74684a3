import type { Search } from './search.js';
import { isServedSql, type ServedLocale, servedSql } from './served-locale.sql.js';
import { allOf, type SqlValues } from './sql.js';

/** Where the search terms occur: in the title, in title and summary together, or only with the body. */
export const HIT_PARTS = ['TITLE', 'LEAD', 'TEXT'] as const;
export type HitPart = (typeof HIT_PARTS)[number];

/**
 * The conditions on a text `t` of that locale to be a hit. For any search, each hit is in exactly one part.
 *
 * @param part null for all parts
 */
export function hitConditions(
  sql: SqlValues,
  search: Search,
  locale: number,
  part: HitPart | null,
): string[] {
  const { query, wanted, columns } = search;
  const found = () => `t.${columns.all} @@ ${query(sql, locale)}`;
  // The values of a statement must contain only those that it uses.
  const parts = part && partsWith(sql, search, locale);
  if (part === null || parts === null) return [found()];
  const { inTitle, inLead } = parts;
  if (part === 'TEXT') return [found(), `NOT ${inLead}`, `NOT ${inTitle}`];
  const conditions = part === 'TITLE' ? [inTitle] : [inLead, `NOT ${inTitle}`];
  // If nothing is excluded, a match in the title is a match in the whole text, whose lexemes need not be detoasted.
  return wanted === query ? conditions : [...conditions, found()];
}

/** Whether the title, or title and summary, contain all wanted terms; null if there are none. */
function partsWith(sql: SqlValues, { wanted, columns }: Search, locale: number) {
  if (wanted === null) return null;
  const query = wanted(sql, locale);
  return { inTitle: `t.${columns.title} @@ ${query}`, inLead: `t.${columns.lead} @@ ${query}` };
}

const TEXT_COLUMNS = 't.release_id, t.locale, t.title, t.date, t.number';

/** Under FIELD, the hits in any shown field, with the best rank of a release as its `tier`. */
export function hitRowsByField(sql: SqlValues, served: ServedLocale, search: Search): string {
  const { locales } = served;
  const hits = [
    ...locales.map((locale) => titleHits(sql, served, search, locale)),
    ...locales.map((locale) => fieldHits(sql, served, search, { locale, ...SUMMARY })),
    ...locales.map((locale) => fieldHits(sql, served, search, { locale, ...BODY })),
  ];
  return `SELECT release_id, locale, title, date, number, max(tier)::smallint AS tier
            FROM (${hits.join(' UNION ALL ')}) hits
           GROUP BY release_id, locale, title, date, number`;
}

/** The text whose title is shown, even if other fields are shown from other texts. */
function titleHits(sql: SqlValues, served: ServedLocale, search: Search, locale: number): string {
  const query = search.query(sql, locale);
  const shown = isServedSql(sql, served, 't', locale);
  return `SELECT ${TEXT_COLUMNS}, ${tierSql(sql, search, locale)} AS tier
            FROM published.text t
           WHERE t.locale = ${locale} AND t.${search.columns.all} @@ ${query} AND ${shown}`;
}

function tierSql(sql: SqlValues, search: Search, locale: number): string {
  const parts = partsWith(sql, search, locale);
  if (parts === null) return '1';
  const { inTitle, inLead } = parts;
  return `CASE WHEN ${inTitle} THEN 3 WHEN ${inLead} THEN 2 ELSE 1 END`;
}

interface HitField {
  readonly mask: 'summary_mask' | 'body_mask';
  readonly weight: 'b' | 'c';
  readonly tier: number;
}

const SUMMARY: HitField = { mask: 'summary_mask', weight: 'b', tier: 2 };
const BODY: HitField = { mask: 'body_mask', weight: 'c', tier: 1 };

/** A summary or a body in another locale than the title: only that field's own words count. */
function fieldHits(
  sql: SqlValues,
  served: ServedLocale,
  search: Search,
  { locale, mask, weight, tier }: HitField & { readonly locale: number },
): string {
  const query = search.query(sql, locale);
  const column = `f.${search.columns.all}`;
  const titleLocale = servedSql(sql, served, 'f');
  const conditions = [
    `f.locale = ${locale}`,
    `${column} @@ ${query}`,
    `ts_filter(${column}, '{${weight}}') @@ ${query}`,
    isServedSql(sql, served, 'f', locale, mask),
    `${titleLocale} <> ${locale}`,
  ];
  return `SELECT ${TEXT_COLUMNS}, ${tier} AS tier
            FROM published.text f
            JOIN published.text t ON t.release_id = f.release_id AND t.locale = ${titleLocale}
           WHERE ${allOf(conditions)}`;
}
