import { createHash } from 'node:crypto';

import { z } from 'zod';

import { isCalendarDate } from '../../kernel/calendar-date.js';
import { AppError } from '../../kernel/errors.js';
import { opaqueText, opaqueValue } from '../../platform/graphql/execution/opaque-text.js';
import type { ListPart, SortKey } from './release-list.sql.js';

/** A position in a list: the part of the list, and the sort values of one row in it. */
export interface ListPosition {
  readonly part: ListPart;
  readonly values: readonly (string | number)[];
}

/** The letters for parts in cursors. */
const LETTERS = { TITLE: 'T', LEAD: 'L', TEXT: 'X', SHOWN: 'S', UNSHOWN: 'U' } as const;

const form = z.tuple([
  z.string(),
  z.enum(Object.values(LETTERS)),
  z.array(z.union([z.string(), z.number()])),
]);
const MAX_CURSOR_LENGTH = 4000;

/** Identifies the list that a cursor belongs to: another order or another reader sorts by other values. */
export function listKey(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 8);
}

export function encodeCursor(key: string, { part, values }: ListPosition): string {
  return opaqueText([key, LETTERS[part], values]);
}

interface CursorForm {
  /** Identifies the list. */
  readonly key: string;
  readonly parts: readonly ListPart[];
  readonly kinds: (part: ListPart) => readonly SortKey['type'][];
}

/** @throws AppError CURSOR_UNKNOWN if the value is not a cursor, or belongs to another list */
export function decodeCursor(
  { key, parts, kinds }: CursorForm,
  cursor: string,
  argument: string,
): ListPosition {
  const parsed = form.safeParse(opaqueValue(cursor, MAX_CURSOR_LENGTH));
  if (!parsed.success || parsed.data[0] !== key) throw new AppError('CURSOR_UNKNOWN', { argument });
  const [, letter, values] = parsed.data;
  const part = parts.find((each) => LETTERS[each] === letter);
  const types = part ? kinds(part) : [];
  const fits = values.length === types.length && values.every((v, i) => isOfType(v, types[i]));
  if (!part || !fits) throw new AppError('CURSOR_UNKNOWN', { argument });
  return { part, values };
}

function isOfType(value: string | number, type: SortKey['type'] | undefined): boolean {
  if (type === 'smallint')
    return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 9;
  if (type === 'date') return typeof value === 'string' && isCalendarDate(value);
  return typeof value === 'string' && !value.includes('\0');
}
