import type { ListPosition } from './cursor.js';
import type { ListSource, SortKey } from './release-list.sql.js';
import { RELEASE_COLUMNS } from './release-record.js';
import { allOf, type SqlValues } from './sql.js';

export interface Cut {
  /** Conditions on the release `r`. */
  readonly filters: readonly string[];
  readonly keysets: readonly string[];
  readonly backward: boolean;
  readonly limit: number;
}

export function pageSql(
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

/** The number of releases over all pages. */
export function countSql({ branches, isByText }: ListSource, filters: readonly string[]): string {
  const rows = branches.map(({ from, where }) => {
    return isByText
      ? `SELECT t.release_id FROM ${from} WHERE ${allOf(where)}`
      : `SELECT r.* FROM ${from} WHERE ${allOf(where)}`;
  });
  const all = `(${rows.join(' UNION ALL ')})`;
  if (!isByText) return `SELECT count(*)::int AS count FROM ${all} r WHERE ${allOf(filters)}`;
  const join = filters.length > 0 ? ' JOIN published.release r ON r.id = s.release_id' : '';
  return `SELECT count(*)::int AS count FROM ${all} s${join} WHERE ${allOf(filters)}`;
}

/** Rows after (or before) a position, as one comparison that can use an index. */
export function keyset(
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
