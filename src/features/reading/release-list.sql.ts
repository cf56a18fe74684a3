import { type SearchTerms, tsquerySql } from './search-terms.js';
import { isServedSql, type ServedLocale, servedSql } from './served-locale.sql.js';
import { allOf, type SqlValues } from './sql.js';

export const RELEASE_ORDERS = ['DATE_DESC', 'DATE_ASC', 'TITLE_ASC', 'RELEVANCE'] as const;
export type ReleaseOrder = (typeof RELEASE_ORDERS)[number];

/** Releases of which nothing may be shown come last, whatever the order. */
export type ListPart = 'SHOWN' | 'UNSHOWN';

/**
 * A list before it is cut into pages: one or more branches that share no release, and the keys by which each of them,
 * and then all together, are sorted.
 */
export interface ListSource {
  /** Branches by text are merged before the release is looked up, unless a filter needs it earlier. */
  readonly isByText: boolean;
  readonly branches: readonly ListBranch[];
  readonly keys: readonly SortKey[];
}

export interface ListBranch {
  /** A FROM clause that has the release as `r`; of a branch by text, only the text `t`, which names its release. */
  readonly from: string;
  readonly where: readonly string[];
}

export interface SortKey {
  readonly sql: string;
  readonly type: 'date' | 'text' | 'float8';
  readonly descending: boolean;
}

export interface ListShape {
  /** Worked out where it is asked for: a list by date goes over all releases, whatever is shown of them. */
  readonly served: ServedLocale;
  /** Outside STRICT, a chain ends in all four locales, and no release has none. */
  readonly showsEveryRelease: boolean;
  readonly order: ReleaseOrder;
  readonly search: SearchTerms | null;
  /** An ICU collation that migrations/0005-published has an index for. */
  readonly collation: string;
}

/**
 * The rows of a list. By date every release is read from the index by date. What depends on the text shown has branches for each locale instead, each in the order of an index, which PostgreSQL
 * merges: it reads hardly more rows than the page has.
 */
export function listSource(sql: SqlValues, shape: ListShape, part: ListPart): ListSource {
  const { order, search, collation } = shape;
  if (part === 'UNSHOWN') {
    const keys = dateKeys('r', order === 'DATE_ASC' ? 'DATE_ASC' : 'DATE_DESC');
    const where = [isServedSql(sql, shape.served, 'r', 0)];
    const branches = [{ from: 'published.release r', where }];
    return { isByText: false, branches, keys };
  }
  if (search) {
    const from = `(${hitRows(sql, shape, search)}) s JOIN published.release r ON r.id = s.release_id`;
    const keys = sortKeys(order, 's', collation);
    return { isByText: false, branches: [{ from, where: [] }], keys };
  }
  if (order !== 'TITLE_ASC' && shape.showsEveryRelease) {
    const branches = [{ from: 'published.release r', where: [] }];
    return { isByText: false, branches, keys: dateKeys('r', order) };
  }
  const from = 'published.text t';
  const branches = textConditions(sql, shape).map((where) => ({ from, where }));
  return { isByText: true, branches, keys: sortKeys(order, 't', collation) };
}

function sortKeys(order: ReleaseOrder, table: string, collation: string): SortKey[] {
  if (order === 'DATE_DESC' || order === 'DATE_ASC') return dateKeys(table, order);
  if (order === 'TITLE_ASC') {
    return [
      { sql: `${table}.title COLLATE "${collation}"`, type: 'text', descending: false },
      { sql: `${table}.number`, type: 'text', descending: false },
    ];
  }
  const rank: SortKey = { sql: `${table}.rank`, type: 'float8', descending: true };
  return [rank, ...dateKeys(table, 'DATE_DESC')];
}

function dateKeys(table: string, order: ReleaseOrder): SortKey[] {
  const descending = order !== 'DATE_ASC';
  return [
    { sql: `${table}.date`, type: 'date', descending },
    { sql: `${table}.number`, type: 'text', descending },
  ];
}

/**
 * The texts that are shown, as branches that share none. A locale that is shown wherever it is there is one branch;
 * another one is a branch for each facet in which the choice falls on it, which an index answers without a filter.
 */
function textConditions(sql: SqlValues, { served, order }: ListShape): string[][] {
  const choices = order === 'TITLE_ASC' ? facetChoices(served) : null;
  return served.locales.flatMap((locale) => {
    const facets = choices?.filter((choice) => choice.locale === locale) ?? null;
    const isAlwaysChosen = choices?.every(({ mask, locale: chosen }) => {
      return chosen === locale || (mask & (1 << (locale - 1))) === 0;
    });
    if (facets === null || isAlwaysChosen) {
      return [[`t.locale = ${locale}`, isServedSql(sql, served, 't', locale)]];
    }
    return facets.map(({ facet }) => {
      return [`t.locale = ${locale}`, `t.facet = ${sql.add(facet, 'smallint')}`];
    });
  });
}

interface FacetChoice {
  readonly facet: number;
  readonly mask: number;
  /** The locale shown of every release with this facet; 0 for none. */
  readonly locale: number;
}

/** What is shown for each facet that a release can have; null where a facet alone does not decide it. */
function facetChoices({ decisions, withholds, wantedColumn }: ServedLocale): FacetChoice[] | null {
  const first = decisions.slice(0, 64);
  const isSameForAllTypes = decisions.every((number, index) => number === first[index % 64]);
  if (!isSameForAllTypes || wantedColumn !== 'whole_mask') return null;
  if (withholds.some((mask) => mask !== 0)) return null;
  return first.flatMap((locale, facet) => {
    const mask = facet % 16;
    // The original is always whole.
    return mask & (1 << Math.floor(facet / 16)) ? [{ facet, mask, locale }] : [];
  });
}

const TEXT_COLUMNS = 't.release_id, t.locale, t.title, t.date, t.number';

/** The texts that match and are shown: in RELEASE and STRICT, one text is all that a reader sees of a release. */
function hitRows(sql: SqlValues, shape: ListShape, search: SearchTerms): string {
  const { served } = shape;
  const branches = served.locales.map((locale) => {
    const query = tsquerySql(sql, search, locale);
    const shown = isServedSql(sql, served, 't', locale);
    return `SELECT ${TEXT_COLUMNS}, ts_rank_cd(t.search, ${query})::float8 AS rank
              FROM published.text t
             WHERE t.locale = ${locale} AND t.search @@ ${query} AND ${shown}`;
  });
  if (served.wantedColumn === 'whole_mask') {
    return branches.length > 0
      ? branches.join(' UNION ALL ')
      : `SELECT ${TEXT_COLUMNS}, 0::float8 AS rank FROM published.text t WHERE false`;
  }
  const mixed = [
    ...served.locales.map((locale) => fieldHits(sql, shape, search, locale, 'summary_mask', 'b')),
    ...served.locales.map((locale) => fieldHits(sql, shape, search, locale, 'body_mask', 'c')),
  ];
  return `SELECT release_id, locale, title, date, number, max(rank) AS rank
            FROM (${[...branches, ...mixed].join(' UNION ALL ')}) hits
           GROUP BY release_id, locale, title, date, number`;
}

/** Under FIELD, a summary or a body from another locale than the title: only that field's own words count. */
function fieldHits(
  sql: SqlValues,
  { served }: ListShape,
  search: SearchTerms,
  locale: number,
  mask: 'summary_mask' | 'body_mask',
  weight: 'b' | 'c',
): string {
  const query = tsquerySql(sql, search, locale);
  const titleLocale = servedSql(sql, served, 'f');
  const conditions = [
    `f.locale = ${locale}`,
    `f.search @@ ${query}`,
    `ts_filter(f.search, '{${weight}}') @@ ${query}`,
    isServedSql(sql, served, 'f', locale, mask),
    `${titleLocale} <> ${locale}`,
  ];
  return `SELECT ${TEXT_COLUMNS}, ts_rank_cd(ts_filter(f.search, '{${weight}}'), ${query})::float8 AS rank
            FROM published.text f
            JOIN published.text t ON t.release_id = f.release_id AND t.locale = ${titleLocale}
           WHERE ${allOf(conditions)}`;
}
