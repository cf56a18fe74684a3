import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { type Reader } from '../../kernel/localization.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { DateRange, ReleasePlace, TracedPart } from '../../platform/graphql/read-trace.js';
import type { Reference } from '../audience/index.js';
import { decodeCursor, listKey, type ListPosition } from './cursor.js';
import { filterSql, type ReleaseFilter } from './release-filter.js';
import {
  type ListPart,
  type ListShape,
  type ListSource,
  listSource,
  type ReleaseOrder,
  type SortKey,
} from './release-list.sql.js';
import {
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
} from './release-record.js';
import { searchTerms } from './search-terms.js';
import { type ServedLocale, servedLocale } from './served-locale.sql.js';
import { allOf, SqlValues } from './sql.js';

export interface ListRequest {
  readonly reader: Reader;
  readonly filter: ReleaseFilter;
  readonly search: string | null;
  readonly orderBy: ReleaseOrder | null;
  /** The tag whose region decides the order of titles. */
  readonly collationTag: string;
  readonly localeOrder: readonly Locale[];
  readonly today: string;
}

export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface ListEdge {
  readonly place: ListPosition;
  readonly record: ReleaseRecord;
}

export interface ReleasePage {
  /** Names the list, for its cursors. */
  readonly listKey: string;
  readonly edges: readonly ListEdge[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** The releases that the page, and whether there are more, hangs on. */
  readonly releaseIds: readonly string[];
  /** The part of a list by date that the page is; null where any release may come to stand in it. */
  readonly range: DateRange | null;
}

/** What a page changes with: its releases, and whatever comes to stand among them. */
export function madeOfPage({
  releaseIds: releases,
  range,
}: Pick<ReleasePage, 'releaseIds' | 'range'>): TracedPart {
  return range ? { releases, ranges: [range] } : { releases, dependsOnAll: true };
}

const PAGE = { standard: 20, most: 100 };

/** One list for one reader, of which pages and the total can be asked. */
export class ReleaseList {
  private readonly shape: ListShape;
  private readonly key: string;

  /** @throws AppError SEARCH_TOO_LONG, RELEVANCE_WITHOUT_SEARCH, and those of `filterSql` */
  constructor(
    private readonly db: Queryable,
    private readonly reference: Reference,
    private readonly request: ListRequest,
  ) {
    const { reader, localeOrder, today } = request;
    const search = request.search === null ? null : searchTerms(request.search);
    const order = request.orderBy ?? (search ? 'RELEVANCE' : 'DATE_DESC');
    if (order === 'RELEVANCE' && !search) throw new AppError('RELEVANCE_WITHOUT_SEARCH');
    let served: ServedLocale | undefined;
    this.shape = {
      get served() {
        return (served ??= servedLocale(reader, reference, localeOrder, today));
      },
      showsEveryRelease: reader.coherence !== 'STRICT',
      order,
      search,
      collation: collationFor(request.collationTag),
    };
    this.key = listKey([order, this.shape.collation, reader, request.filter, search]);
    this.conditions(new SqlValues());
  }

  /** @throws AppError PAGE_SIZE_OUT_OF_RANGE, PAGE_DIRECTION_UNCLEAR, CURSOR_UNKNOWN */
  async page(request: PageRequest): Promise<ReleasePage> {
    const { size, backward } = pageSize(request);
    const after = this.position(request.after, 'after');
    const before = this.position(request.before, 'before');
    const rows: PositionedRow[] = [];
    for (const part of this.parts(backward)) {
      if (rows.length > size || isBeyond(part, after, before)) continue;
      const bounds = { after, before, limit: size + 1 - rows.length };
      rows.push(...(await this.rows(part, backward, bounds)));
    }
    const hasMore = rows.length > size;
    const kept = rows.slice(0, size);
    if (backward) kept.reverse();
    const [first, last] = [kept[0]?.position, kept.at(-1)?.position];
    const start = backward && hasMore ? first : after;
    const end = backward || !hasMore ? before : last;
    return {
      listKey: this.key,
      releaseIds: rows.map(({ row }) => row.record.id),
      range: this.range(start ?? null, end ?? null),
      edges: kept.map(({ row, position: place }) => ({ place, record: releaseRecord(row) })),
      hasNextPage: backward ? before !== null : hasMore,
      hasPreviousPage: backward ? hasMore : after !== null,
    };
  }

  /** @param start, end the places between which the page lies, in the order of the list */
  private range(start: ListPosition | null, end: ListPosition | null): DateRange | null {
    const { order, search } = this.shape;
    const isByDate = order === 'DATE_DESC' || order === 'DATE_ASC';
    if (!isByDate || search || this.request.reader.coherence === 'STRICT') return null;
    const [from, to] = order === 'DATE_ASC' ? [start, end] : [end, start];
    return { from: from && placeOf(from), to: to && placeOf(to) };
  }

  async total(): Promise<number> {
    const sql = new SqlValues();
    const where = this.conditions(sql);
    const { search } = this.shape;
    const from = search ? hitsOf(listSource(sql, this.shape, 'SHOWN')) : 'published.release r';
    const [row] = await this.db.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${from} WHERE ${allOf(where)}`,
      sql.values,
    );
    return row?.count ?? 0;
  }

  private conditions(sql: SqlValues): string[] {
    const { reader, localeOrder: order, today } = this.request;
    const context = { reference: this.reference, audience: reader.audience, order, today };
    return filterSql(sql, this.request.filter, context);
  }

  private parts(backward: boolean): ListPart[] {
    if (this.shape.search || this.request.reader.coherence !== 'STRICT') return ['SHOWN'];
    return backward ? ['UNSHOWN', 'SHOWN'] : ['SHOWN', 'UNSHOWN'];
  }

  private position(cursor: string | null | undefined, argument: string): ListPosition | null {
    if (cursor === null || cursor === undefined) return null;
    const types = (part: ListPart) =>
      listSource(new SqlValues(), this.shape, part).keys.map(({ type }) => type);
    return decodeCursor(this.key, cursor, argument, types);
  }

  private async rows(part: ListPart, backward: boolean, bounds: Bounds): Promise<PositionedRow[]> {
    const sql = new SqlValues();
    const source = listSource(sql, this.shape, part);
    // A reader to whom no release can be shown.
    if (source.branches.length === 0) return [];
    const { keys } = source;
    const { after, before, limit } = bounds;
    const filters = this.conditions(sql);
    const keysets: string[] = [];
    if (after?.part === part) keysets.push(keyset(sql, keys, after, false));
    if (before?.part === part) keysets.push(keyset(sql, keys, before, true));
    const text = pageSql(source, { filters, keysets, backward, limit });
    const rows = await this.db.query<ReleaseRow & Record<string, string | number>>(
      text,
      sql.values,
    );
    return rows.map((row) => ({
      row,
      position: { part, values: keys.map((_, index) => row[`key${index}`] ?? '') },
    }));
  }
}

interface PositionedRow {
  readonly row: ReleaseRow;
  readonly position: ListPosition;
}

interface Bounds {
  readonly after: ListPosition | null;
  readonly before: ListPosition | null;
  readonly limit: number;
}

interface Cut {
  /** Conditions on the release `r`. */
  readonly filters: readonly string[];
  readonly keysets: readonly string[];
  readonly backward: boolean;
  readonly limit: number;
}

function pageSql(
  { branches, keys, isByText }: ListSource,
  { filters, keysets, backward, limit }: Cut,
): string {
  const columns = keys.map(({ sql }, index) => `${sql} AS key${index}`).join(', ');
  const order = keys.map(({ descending }, index) => {
    return `key${index} ${descending === backward ? 'ASC' : 'DESC'}`;
  });
  const page = `ORDER BY ${order.join(', ')} LIMIT ${limit}`;
  const needsRelease = isByText && filters.length > 0;
  const join = needsRelease ? ' JOIN published.release r ON r.id = t.release_id' : '';
  // The limit of each branch tells the planner to read its index in order instead of sorting it.
  const selects = branches.map(({ from, where }) => {
    const shown = `${isByText ? 't.release_id' : RELEASE_COLUMNS}, ${columns}`;
    const conditions = allOf([...where, ...filters, ...keysets]);
    return `SELECT ${shown} FROM ${from}${join} WHERE ${conditions} ${page}`;
  });
  if (!isByText) return selects.join('');
  const names = keys.map((_, index) => `s.key${index}`).join(', ');
  return `SELECT ${RELEASE_COLUMNS}, ${names}
            FROM ((${selects.join(') UNION ALL (')})) s
            JOIN published.release r ON r.id = s.release_id ${page}`;
}

/** A search has one branch: all its hits. */
function hitsOf({ branches }: ListSource): string {
  return branches.map(({ from }) => from).join('');
}

function placeOf({ values: [date, number] }: ListPosition): ReleasePlace {
  return { date: String(date), number: String(number) };
}

function pageSize({ first, last }: PageRequest): { size: number; backward: boolean } {
  const hasFirst = first !== null && first !== undefined;
  const hasLast = last !== null && last !== undefined;
  if (hasFirst && hasLast) throw new AppError('PAGE_DIRECTION_UNCLEAR');
  const size = (hasLast ? last : first) ?? PAGE.standard;
  if (size < 1 || size > PAGE.most) {
    const argument = hasLast ? 'last' : 'first';
    throw new AppError('PAGE_SIZE_OUT_OF_RANGE', { argument, min: 1, max: PAGE.most });
  }
  return { size, backward: hasLast };
}

/** Whether a bound leaves nothing of this part of the list. */
function isBeyond(
  part: ListPart,
  after: ListPosition | null,
  before: ListPosition | null,
): boolean {
  if (part === 'SHOWN') return after?.part === 'UNSHOWN';
  return before?.part === 'SHOWN';
}

/** Rows behind (or before) a position, as one comparison that an index can answer. */
function keyset(
  sql: SqlValues,
  keys: readonly SortKey[],
  { values }: ListPosition,
  before: boolean,
): string {
  const places = keys.map(({ type }, index) => sql.add(values[index], type));
  const descending = keys[0]?.descending ?? false;
  const operator = descending === before ? '>' : '<';
  return `(${keys.map(({ sql: key }) => key).join(', ')}) ${operator} (${places.join(', ')})`;
}

/** English, French and Portuguese titles share the root order; Spanish sorts ñ apart, Canadian French its accents. */
function collationFor(tag: string): string {
  if (tag === 'fr-CA') return 'fr-CA-x-icu';
  return tag === 'es' || tag.startsWith('es-') ? 'es-x-icu' : 'und-x-icu';
}
