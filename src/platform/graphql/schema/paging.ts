import { createHash } from 'node:crypto';

import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';

import { AppError } from '../../../kernel/errors.js';
import { opaqueText, opaqueValue } from '../execution/opaque-text.js';
import { Size } from '../limits/list-size.js';

@ObjectType('PageInfo', {
  description: 'Whether a list goes on before and after this page (Relay Cursor Connections).',
})
export class PageInfo {
  @Field(() => Boolean, { description: 'true if there are further items after this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'true if there are items before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the first item; null on an empty page.',
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item, to pass as after; null on an empty page.',
  })
  endCursor: string | null;
}

/** Forward paging, as in the staff's lists. */
@ArgsType()
export class ForwardArgs {
  @Field(() => Int, {
    nullable: true,
    description:
      'Page size, 1 to 100; 20 by default. Else BAD_USER_INPUT, reason PAGE_SIZE_OUT_OF_RANGE.',
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Cursor of the item that the page starts after. A cursor of another list, filter or order is BAD_USER_INPUT, reason CURSOR_UNKNOWN.',
  })
  after?: string | null;
}

/** The number of items on a page of every list. */
export const PAGE_SIZE = { default: 20, max: 100 };

/**
 * @param argument the name of the argument that requests the size
 * @throws AppError PAGE_SIZE_OUT_OF_RANGE
 */
export function pageSize(requested: number | null | undefined, argument = 'first'): number {
  const size = requested ?? PAGE_SIZE.default;
  const { max } = PAGE_SIZE;
  if (size < 1 || size > max)
    throw new AppError('PAGE_SIZE_OUT_OF_RANGE', { argument, min: 1, max });
  return size;
}

/** One of the values in a keyset, by which a list is sorted. */
export type KeysetValue = string | number;

/**
 * A position in a list that is sorted by the given values.
 *
 * @param list names the list, its filter and its order: a cursor is valid for no other
 */
export function encodeKeyset(list: unknown, values: readonly KeysetValue[]): string {
  return opaqueText([listName(list), values]);
}

/**
 * @param kinds the types of the values, in their order
 * @returns null without a cursor
 * @throws AppError CURSOR_UNKNOWN for an invalid cursor, or one of another list
 */
export function decodeKeyset(
  list: unknown,
  cursor: string | null | undefined,
  kinds: readonly ('string' | 'number')[],
): KeysetValue[] | null {
  if (cursor === null || cursor === undefined) return null;
  const [name, values, ...rest] = readKeyset(cursor);
  const fits =
    rest.length === 0 &&
    name === listName(list) &&
    Array.isArray(values) &&
    values.length === kinds.length &&
    values.every((value, index) => isOfKind(value, kinds[index]));
  if (!fits) throw new AppError('CURSOR_UNKNOWN', { argument: 'after' });
  return values as KeysetValue[];
}

const MAX_CURSOR_LENGTH = 4000;

function readKeyset(cursor: string): unknown[] {
  const value = opaqueValue(cursor, MAX_CURSOR_LENGTH);
  return Array.isArray(value) ? value : [];
}

function isOfKind(value: unknown, kind: 'string' | 'number' | undefined): boolean {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === 'string' && !value.includes('\0');
}

function listName(list: unknown): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8);
}

/** One page, read forward with one row more than requested. */
export interface ForwardPage<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Counted only if it is selected. */
  readonly total: () => Promise<number>;
}

interface Connected<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
}

/** The two classes of a Relay connection over `node`: NameEdge and NameConnection. */
export function connectionTypes<T extends object>(name: string, node: () => ClassType<T>) {
  @ObjectType(`${name}Edge`, { description: 'An item of a list and its position.' })
  class Edge {
    @Field(() => String, { description: 'Position of the item, to pass as after.' })
    cursor: string;

    @Field(node, { description: 'The item itself.' })
    node: T;
  }

  @ObjectType(`${name}Connection`, {
    description: 'A page of a list (Relay Cursor Connections).',
  })
  class Connection implements Connected<T> {
    @Size('COUNTED')
    @Field(() => [Edge], { description: 'The items of the page with their cursors.' })
    readonly edges: Edge[];

    constructor(private readonly page: ForwardPage<T>) {
      this.edges = page.edges.map((edge) => Object.assign(new Edge(), edge));
    }

    @Size('COUNTED')
    @Field(() => [node()], { description: 'The items of the page without their cursors.' })
    nodes(): T[] {
      return this.edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo, {
      description: 'Whether there are further pages, and the cursors to request them.',
    })
    pageInfo(): PageInfo {
      const { hasNextPage, hasPreviousPage } = this.page;
      return Object.assign(new PageInfo(), {
        hasNextPage,
        hasPreviousPage,
        startCursor: this.edges[0]?.cursor ?? null,
        endCursor: this.edges.at(-1)?.cursor ?? null,
      });
    }

    @Field(() => Int, {
      description: 'Number of items over all pages; it costs a query of its own.',
    })
    totalCount(): Promise<number> {
      return this.page.total();
    }
  }
  return { Edge, Connection };
}
