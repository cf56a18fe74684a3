import { type SearchTerms, tsquerySql } from './search-terms.js';
import { type ServedLocale, servedSql } from './served-locale.sql.js';
import { allOf, type SqlValues } from './sql.js';

export const RELEASE_ORDERS = ['DATE_DESC', 'DATE_ASC', 'TITLE_ASC', 'RELEVANCE'] as const;
export type ReleaseOrder = (typeof RELEASE_ORDERS)[number];

/** Releases of which nothing may be shown come last, whatever the order. */
export type ListPart = 'SHOWN' | 'UNSHOWN';

/** A list before it is cut into pages: where its rows come from, and by what they are sorted. */
export interface ListSource {
  /** A FROM clause that has the release as `r`. */
  readonly from: string;
  readonly where: readonly string[];
  /** SQL for the number of the locale shown. */
  readonly locale: string;
  readonly keys: readonly SortKey[];
}

export interface SortKey {
  readonly sql: string;
  readonly type: 'date' | 'text' | 'float8';
  readonly descending: boolean;
}

export interface ListShape {
  readonly served: ServedLocale;
  readonly order: ReleaseOrder;
  readonly search: SearchTerms | null;
  /** An ICU collation that migrations/0005-published has an index for. */
  readonly collation: string;
}

/**
 * The rows of a list. By date every release is read from the index by date, and its locale is looked up on the way.
 * What depends on the text shown is one branch for each locale instead, each in the order of its own index, which
 * PostgreSQL merges: it reads no more rows than the page needs.
 */
export function listSource(sql: SqlValues, shape: ListShape, part: ListPart): ListSource {
  const { served, order, search } = shape;
  const shown = servedSql(sql, served, 'r');
  if (part === 'UNSHOWN') {
    const keys = dateKeys('r', order === 'DATE_ASC' ? 'DATE_ASC' : 'DATE_DESC');
    return { from: 'published.release r', where: [`${shown} = 0`], locale: '0', keys };
  }
  if (!search && order !== 'TITLE_ASC' && showsEveryRelease(served)) {
    return { from: 'published.release r', where: [], locale: shown, keys: dateKeys('r', order) };
  }
  const rows = search ? hitRows(sql, shape, search) : textRows(sql, shape);
  const from = `(${rows}) s JOIN published.release r ON r.id = s.release_id`;
  return { from, where: [], locale: 's.locale', keys: sortKeys(shape) };
}

/** Outside STRICT, a chain ends in all four locales: only an empty mask gives none, and no release has one. */
function showsEveryRelease({ decisions }: ServedLocale): boolean {
  return decisions.every((number, index) => number > 0 || index % 16 === 0);
}

function sortKeys({ order, collation }: ListShape): SortKey[] {
  if (order === 'DATE_DESC' || order === 'DATE_ASC') return dateKeys('s', order);
  if (order === 'TITLE_ASC') {
    return [
      { sql: `s.title COLLATE "${collation}"`, type: 'text', descending: false },
      { sql: 's.number', type: 'text', descending: false },
    ];
  }
  return [{ sql: 's.rank', type: 'float8', descending: true }, ...dateKeys('s', 'DATE_DESC')];
}

function dateKeys(table: string, order: ReleaseOrder): SortKey[] {
  const descending = order !== 'DATE_ASC';
  return [
    { sql: `${table}.date`, type: 'date', descending },
    { sql: `${table}.number`, type: 'text', descending },
  ];
}

const TEXT_COLUMNS = 't.release_id, t.locale, t.title, t.date, t.number';

function textRows(sql: SqlValues, { served }: ListShape): string {
  const branches = served.locales.map((locale) => {
    const shown = servedSql(sql, served, 't');
    return `SELECT ${TEXT_COLUMNS} FROM published.text t WHERE t.locale = ${locale} AND ${shown} = ${locale}`;
  });
  // A reader to whom no release is ever shown still gets a statement.
  return branches.length > 0
    ? branches.join(' UNION ALL ')
    : `SELECT ${TEXT_COLUMNS} FROM published.text t WHERE false`;
}

/** The texts that match and are shown: in RELEASE and STRICT, one text is all that a reader sees of a release. */
function hitRows(sql: SqlValues, shape: ListShape, search: SearchTerms): string {
  const { served } = shape;
  const branches = served.locales.map((locale) => {
    const query = tsquerySql(sql, search, locale);
    const shown = servedSql(sql, served, 't');
    return `SELECT ${TEXT_COLUMNS}, ts_rank_cd(t.search, ${query})::float8 AS rank
              FROM published.text t
             WHERE t.locale = ${locale} AND t.search @@ ${query} AND ${shown} = ${locale}`;
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
    `${servedSql(sql, served, 'f', mask)} = ${locale}`,
    `${titleLocale} <> ${locale}`,
  ];
  return `SELECT ${TEXT_COLUMNS}, ts_rank_cd(ts_filter(f.search, '{${weight}}'), ${query})::float8 AS rank
            FROM published.text f
            JOIN published.text t ON t.release_id = f.release_id AND t.locale = ${titleLocale}
           WHERE ${allOf(conditions)}`;
}
