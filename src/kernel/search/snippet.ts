import { excerptOf } from '../excerpt.js';
import type { TextRange } from './matches.js';

export interface Snippet {
  readonly value: string;
  /** The ranges of the text that are in it, as ranges of `value`. */
  readonly ranges: readonly TextRange[];
}

/** The maximum length, in UTF-16 code units. */
export const SNIPPET_LENGTH = 240;
const MIN_LENGTH = 160;
/** What is shown before the first match. */
const LEAD = 60;
const ELLIPSIS = '…';

/**
 * A piece of a text around its first range, cut between words; its beginning if there is no range. Line ends become
 * spaces.
 *
 * @param ranges sorted, without overlaps
 */
export function snippetOf(text: string, ranges: readonly TextRange[]): Snippet {
  const [first] = ranges;
  const piece = pieceFrom(text, startOf(text, first));
  // Before a very long word, a cut between words may leave out the match itself.
  const hasFirst = !first || first.start < piece.end;
  const { value, from, end, offset } = hasFirst ? piece : pieceFrom(text, first.start);
  const inside = ranges.flatMap((range): TextRange[] => {
    if (range.start < from || range.start >= end) return [];
    return [{ start: range.start + offset, end: Math.min(range.end, end) + offset }];
  });
  return oneLine(value, inside);
}

/** A piece of a text. */
interface Piece {
  readonly value: string;
  /** The part of the text that is in it. */
  readonly from: number;
  readonly end: number;
  /** From an offset in the text to that in `value`. */
  readonly offset: number;
}

function pieceFrom(text: string, from: number): Piece {
  const prefix = from > 0 ? ELLIPSIS : '';
  const rest = text.slice(from);
  const cut = excerptOf(rest, SNIPPET_LENGTH - prefix.length);
  const length = cut === rest ? cut.length : cut.length - ELLIPSIS.length;
  return { value: `${prefix}${cut}`, from, end: from + length, offset: prefix.length - from };
}

/** The start of a word, such that the snippet is no shorter than need be at the end of the text. */
function startOf(text: string, first: TextRange | undefined): number {
  if (!first || first.end <= MIN_LENGTH) return 0;
  const wanted = Math.max(0, Math.min(first.start - LEAD, text.length - MIN_LENGTH));
  if (wanted === 0) return 0;
  const space = text.slice(wanted - 1, first.start).search(/[ \t\r\n](?![ \t\r\n])/);
  // Without a space before it, the snippet starts with the match.
  return space < 0 ? first.start : wanted + space;
}

function oneLine(text: string, ranges: readonly TextRange[]): Snippet {
  const gaps = [...text.matchAll(/[ \t\r\n]+/g)].map(({ 0: gap, index }) => {
    return { end: index + gap.length, lost: gap.length - 1 };
  });
  const moved = (offset: number) => {
    return gaps.reduce((at, { end, lost }) => (end <= offset ? at - lost : at), offset);
  };
  return {
    value: text.replace(/[ \t\r\n]+/g, ' '),
    ranges: ranges.map(({ start, end }) => ({ start: moved(start), end: moved(end) })),
  };
}
