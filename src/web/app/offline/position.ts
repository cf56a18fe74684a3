/** A position in a list of the copy: the sort values of a release. */
export interface Position {
  /** 3: found in the title; 2: in title and summary; 1: in the text; 0 without a search. */
  readonly tier: number;
  readonly date: string;
  readonly number: string;
}

/** In the place of the key by which the server recognizes its own lists. */
const OWN_KEY = 'offline';
/** The letters that the server's cursors have for the parts of a list. */
const LETTERS = ['S', 'X', 'L', 'T'];

/** In the form of the server's cursors, so that a list that began there goes on in the copy. */
export function writePosition({ tier, date, number }: Position): string {
  const text = JSON.stringify([OWN_KEY, LETTERS[tier], [date, number]]);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @returns null for what is not a position in a list by date */
export function readPosition(cursor: string): Position | null {
  const parsed = parse(cursor);
  const [, letter, values] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
  const tier = LETTERS.indexOf(String(letter));
  const [date, number] = Array.isArray(values) ? (values as unknown[]) : [];
  if (tier < 0 || typeof date !== 'string' || typeof number !== 'string') return null;
  return { tier, date, number };
}

/** Whether the position is one of the copy, which the server does not know. */
export function isOwnPosition(cursor: string): boolean {
  const parsed = parse(cursor);
  return Array.isArray(parsed) && parsed[0] === OWN_KEY;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return null;
  }
}

/** In the order of the list: the best first, then the newest. */
export function comparePositions(one: Position, other: Position): number {
  if (one.tier !== other.tier) return other.tier - one.tier;
  if (one.date !== other.date) return one.date < other.date ? 1 : -1;
  if (one.number === other.number) return 0;
  return one.number < other.number ? 1 : -1;
}
