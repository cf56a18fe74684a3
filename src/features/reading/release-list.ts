import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { type Reader } from '../../kernel/localization.js';
import type { Planning, Queryable } from '../../platform/db/queryable.js';
import { pageSize } from '../../platform/graphql/schema/paging.js';
import type { CacheTags, DateRange, ReleasePlace } from '../../platform/cache/tags.js';
import type { ReferenceData } from '../audience/index.js';
import { decodeCursor, listKey, type ListPosition } from './cursor.js';
import { filterSql, type ReleaseFilter } from './release-filter.js';
import { countSql, keyset, pageSql } from './list-page.sql.js';
import {
  LIST_PARTS,
  type ListPart,
  listParts,
  type ListShape,
  type ListSource,
  listSource,
  type ReleaseOrder,
} from './release-list.sql.js';
import { type ReleaseRecord, releaseRecord, type ReleaseRow } from './release-record.js';
import { searchOf } from './search.js';
import { type ServedLocale, servedLocale } from './served-locale.sql.js';
import { SqlValues } from './sql.js';

export interface ListRequest {
  readonly reader: Reader;
  readonly filter: ReleaseFilter;
  readonly search: string | null;
  readonly orderBy: ReleaseOrder | null;
  /** The tag whose region determines the order of titles. */
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
  /** Identifies the list in its cursors. */
  readonly listKey: string;
  readonly edges: readonly ListEdge[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** The releases on which the page depends: its own, and the next one, which shows that there is another page. */
  readonly releaseIds: readonly string[];
  /** The part of a list by date that the page covers; null if any release may enter the page. */
  readonly range: DateRange | null;
}

/** A page depends on its releases, and on every release that enters its range. */
export function tagsOfPage({
  releaseIds: releases,
  range,
}: Pick<ReleasePage, 'releaseIds' | 'range'>): CacheTags {
  return range ? { releases, ranges: [range] } : { releases, isForAll: true };
}

const EVERY_RELEASE: ListSource = {
  isByText: false,
  branches: [{ from: 'published.release r', where: [] }],
  keys: [],
};

/** One list for one reader: its pages and its total. */
export class ReleaseList {
  private readonly shape: ListShape;
  private readonly key: string;

  /** The best plan depends on the search and the filter. */
  private readonly planning: Planning;

  /** @throws AppError SEARCH_TOO_LONG, RELEVANCE_WITHOUT_SEARCH, and those of `filterSql` */
  constructor(
    private readonly db: Queryable,
    private readonly reference: ReferenceData,
    private readonly request: ListRequest,
  ) {
    const { reader, localeOrder, today } = request;
    const search =
      request.search === null ? null : searchOf(request.search, reference.searchesLexemes);
    const order = request.orderBy ?? (search ? 'RELEVANCE' : 'DATE_DESC');
    if (order === 'RELEVANCE' && !search) throw new AppError('RELEVANCE_WITHOUT_SEARCH');
    let served: ServedLocale | undefined;
    this.planning = needsOwnPlan(request) ? 'ANEW' : 'ONCE';
    this.shape = {
      get served() {
        return (served ??= servedLocale(reader, reference, localeOrder, today));
      },
      showsEveryRelease: reader.coherence !== 'STRICT',
      order,
      search,
      collation: collationFor(request.collationTag),
    };
    this.key = listKey([order, this.shape.collation, reader, request.filter, search?.typed]);
    this.conditions(new SqlValues());
  }

  /** @throws AppError PAGE_SIZE_OUT_OF_RANGE, PAGE_DIRECTION_UNCLEAR, CURSOR_UNKNOWN */
  async page(request: PageRequest): Promise<ReleasePage> {
    const { size, backward } = sizeAndDirection(request);
    const after = this.position(request.after, 'after');
    const before = this.position(request.before, 'before');
    const rows: PositionedRow[] = [];
    for (const part of this.parts(backward)) {
      if (rows.length > size || isBeyond(part, after, before)) continue;
      const bounds = { after, before, limit: size + 1 - rows.length };
      rows.push(...(await this.rows(part, backward, bounds)));
    }
    const hasMore = rows.length > size;
    const shown = rows.slice(0, size);
    if (backward) shown.reverse();
    const [first, last] = [shown[0]?.position, shown.at(-1)?.position];
    const start = backward && hasMore ? first : after;
    const end = backward || !hasMore ? before : last;
    return {
      listKey: this.key,
      releaseIds: rows.map(({ row }) => row.record.id),
      range: this.range(start ?? null, end ?? null),
      edges: shown.map(({ row, position: place }) => ({ place, record: releaseRecord(row) })),
      hasNextPage: backward ? before !== null : hasMore,
      hasPreviousPage: backward ? hasMore : after !== null,
    };
  }

  /** @param start, end the positions between which the page lies, in the order of the list */
  private range(start: ListPosition | null, end: ListPosition | null): DateRange | null {
    const { order, search } = this.shape;
    const isByDate = order === 'DATE_DESC' || order === 'DATE_ASC';
    if (!isByDate || search || this.request.reader.coherence === 'STRICT') return null;
    const [from, to] = order === 'DATE_ASC' ? [start, end] : [end, start];
    return { from: from && placeOf(from), to: to && placeOf(to) };
  }

  async total(): Promise<number> {
    const sql = new SqlValues();
    const source = this.shape.search ? listSource(sql, this.shape, 'SHOWN') : EVERY_RELEASE;
    if (source.branches.length === 0) return 0;
    const text = countSql(source, this.conditions(sql));
    const [row] = await this.db.query<{ count: number }>(text, sql.values, this.planning);
    return row?.count ?? 0;
  }

  private conditions(sql: SqlValues): string[] {
    const { reader, localeOrder: order, today } = this.request;
    const context = { reference: this.reference, audience: reader.audience, order, today };
    return filterSql(sql, this.request.filter, context);
  }

  private parts(backward: boolean): ListPart[] {
    const parts = listParts(this.shape);
    return backward ? parts.reverse() : parts;
  }

  private position(cursor: string | null | undefined, argument: string): ListPosition | null {
    if (cursor === null || cursor === undefined) return null;
    const kinds = (part: ListPart) =>
      listSource(new SqlValues(), this.shape, part).keys.map(({ type }) => type);
    return decodeCursor({ key: this.key, parts: this.parts(false), kinds }, cursor, argument);
  }

  private async rows(part: ListPart, backward: boolean, bounds: Bounds): Promise<PositionedRow[]> {
    const sql = new SqlValues();
    const source = listSource(sql, this.shape, part);
    // No release can be shown to this reader.
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
      this.planning,
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

/**
 * The best plan depends on how many releases match a word, a state or a topic, so one generic plan does not fit all
 * values. A statement that examines every release may also be slow, so no other read should wait for it.
 */
export function needsOwnPlan({ search, filter }: Pick<ListRequest, 'search' | 'filter'>): boolean {
  const { mentions, topic, addressedTo, availability } = filter;
  return [search, mentions, topic, addressedTo, availability].some(
    (condition) => condition ?? false,
  );
}

function placeOf({ values: [date, number] }: ListPosition): ReleasePlace {
  return { date: String(date), number: String(number) };
}

/** @throws AppError PAGE_DIRECTION_UNCLEAR, PAGE_SIZE_OUT_OF_RANGE */
function sizeAndDirection({ first, last }: PageRequest): { size: number; backward: boolean } {
  const isGiven = (size: number | null | undefined) => size !== null && size !== undefined;
  const backward = isGiven(last);
  if (backward && isGiven(first)) throw new AppError('PAGE_DIRECTION_UNCLEAR');
  return { size: backward ? pageSize(last, 'last') : pageSize(first), backward };
}

/** Whether a bound excludes this whole part of the list. */
function isBeyond(
  part: ListPart,
  after: ListPosition | null,
  before: ListPosition | null,
): boolean {
  const place = (position: ListPosition | null, otherwise: number) =>
    position ? LIST_PARTS.indexOf(position.part) : otherwise;
  const own = LIST_PARTS.indexOf(part);
  return own < place(after, own) || own > place(before, own);
}

/** English, French and Portuguese titles share the root order; Spanish sorts ñ apart, Canadian French its accents. */
function collationFor(tag: string): string {
  if (tag === 'fr-CA') return 'fr-CA-x-icu';
  return tag === 'es' || tag.startsWith('es-') ? 'es-x-icu' : 'und-x-icu';
}
