import { HIT_PARTS, type HitPart, hitConditions, hitRowsByField } from './search-hits.sql.js';
import type { Search } from './search.js';
import { isServedSql, mayBeServedSql, type ServedLocale } from './served-locale.sql.js';
import type { SqlValues } from './sql.js';

export const RELEASE_ORDERS = ['DATE_DESC', 'DATE_ASC', 'TITLE_ASC', 'RELEVANCE'] as const;
export type ReleaseOrder = (typeof RELEASE_ORDERS)[number];

/** Releases that cannot be shown to the reader come last, with every sort order. */
export const LIST_PARTS = [...HIT_PARTS, 'SHOWN', 'UNSHOWN'] as const;
export type ListPart = (typeof LIST_PARTS)[number];

/**
 * A list before it is cut into pages: one or more branches that share no release, and the keys by which each branch,
 * and then the whole list, is sorted.
 */
export interface ListSource {
  /** Branches by text are merged before the release is looked up, unless a filter needs it earlier. */
  readonly isByText: boolean;
  readonly branches: readonly ListBranch[];
  readonly keys: readonly SortKey[];
}

export interface ListBranch {
  /** A FROM clause with the release as `r`; in a branch by text, only with the text `t`, which names its release. */
  readonly from: string;
  readonly where: readonly string[];
}

export interface SortKey {
  readonly sql: string;
  readonly type: 'date' | 'text' | 'smallint';
  readonly descending: boolean;
}

export interface ListShape {
  /** Computed only when it is needed: a list by date reads all releases, whichever locale is shown. */
  readonly served: ServedLocale;
  /** Outside STRICT, a chain ends in all four locales, so every release has one. */
  readonly showsEveryRelease: boolean;
  readonly order: ReleaseOrder;
  readonly search: Search | null;
  /** An ICU collation that migrations/0005-published has an index for. */
  readonly collation: string;
}

/**
 * The parts of a list, in their order. Hits are ranked by parts, each sorted from newest to oldest, so that no hit
 * after the page is read; under FIELD, where several texts of one release may match, a sort key ranks them.
 */
export function listParts(shape: ListShape): ListPart[] {
  const { order, search } = shape;
  if (!search) return shape.showsEveryRelease ? ['SHOWN'] : ['SHOWN', 'UNSHOWN'];
  const isByPart = order === 'RELEVANCE' && search.wanted !== null && !isByField(shape.served);
  return isByPart ? [...HIT_PARTS] : ['SHOWN'];
}

/**
 * The rows of a list. If every release is shown, a list by date is read from the index by date. If the rows depend on
 * the text shown, there are branches for each locale, each in the order of an index. PostgreSQL merges them and reads
 * hardly more rows than the page has.
 */
export function listSource(sql: SqlValues, shape: ListShape, part: ListPart): ListSource {
  const { order, search, collation } = shape;
  if (part === 'UNSHOWN') {
    const keys = dateKeys('r', order === 'DATE_ASC' ? 'DATE_ASC' : 'DATE_DESC');
    const where = [isServedSql(sql, shape.served, 'r', 0)];
    const branches = [{ from: 'published.release r', where }];
    return { isByText: false, branches, keys };
  }
  if (search && isByField(shape.served)) {
    const hits = hitRowsByField(sql, shape.served, search);
    const from = `(${hits}) s JOIN published.release r ON r.id = s.release_id`;
    const keys = sortKeys(order, 's', collation);
    if (order === 'RELEVANCE') keys.unshift({ sql: 's.tier', type: 'smallint', descending: true });
    return { isByText: false, branches: [{ from, where: [] }], keys };
  }
  if (search) return hitSource(sql, shape, search, part === 'SHOWN' ? null : part);
  if (order !== 'TITLE_ASC' && shape.showsEveryRelease) {
    const branches = [{ from: 'published.release r', where: [] }];
    return { isByText: false, branches, keys: dateKeys('r', order) };
  }
  const from = 'published.text t';
  const branches = textConditions(sql, shape).map((where) => ({ from, where }));
  return { isByText: true, branches, keys: sortKeys(order, 't', collation) };
}

function hitSource(
  sql: SqlValues,
  { served, order, collation }: ListShape,
  search: Search,
  part: HitPart | null,
): ListSource {
  const branches = served.locales.map((locale) => {
    const where = [
      `t.locale = ${locale}`,
      ...hitConditions(sql, search, locale, part),
      mayBeServedSql(sql, served, locale),
      isServedSql(sql, served, 't', locale),
    ];
    return { from: 'published.text t', where };
  });
  return { isByText: true, branches, keys: sortKeys(order, 't', collation) };
}

/** Whether each field may be shown in a different language. */
function isByField({ wantedColumn }: ServedLocale): boolean {
  return wantedColumn !== 'whole_mask';
}

function sortKeys(order: ReleaseOrder, table: string, collation: string): SortKey[] {
  if (order !== 'TITLE_ASC') return dateKeys(table, order);
  return [
    { sql: `${table}.title COLLATE "${collation}"`, type: 'text', descending: false },
    { sql: `${table}.number`, type: 'text', descending: false },
  ];
}

function dateKeys(table: string, order: ReleaseOrder): SortKey[] {
  const descending = order !== 'DATE_ASC';
  return [
    { sql: `${table}.date`, type: 'date', descending },
    { sql: `${table}.number`, type: 'text', descending },
  ];
}

/**
 * The shown texts, as branches that share none. A locale that is shown wherever it exists is one branch. Any other
 * locale is a branch for each facet that selects it, which an index can serve without a filter.
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
  /** The locale shown for every release with this facet; 0 for none. */
  readonly locale: number;
}

/** The locale shown for each facet that a release can have; null if the facet alone does not decide it. */
function facetChoices({ decisions, withholds, wantedColumn }: ServedLocale): FacetChoice[] | null {
  const first = decisions.slice(0, 64);
  const isSameForAllTypes = decisions.every((number, index) => number === first[index % 64]);
  if (!isSameForAllTypes || wantedColumn !== 'whole_mask') return null;
  if (withholds.some((mask) => mask !== 0)) return null;
  return first.flatMap((locale, facet) => {
    const mask = facet % 16;
    // The original is always a whole text.
    return mask & (1 << Math.floor(facet / 16)) ? [{ facet, mask, locale }] : [];
  });
}
