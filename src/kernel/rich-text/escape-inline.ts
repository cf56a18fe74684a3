import { exceedsInlineLimits } from './inline.js';

/** Includes white space, which may be written as a reference or a break. */
const ESCAPABLE = /[\s!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;
const REFERENCE = /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i;

/**
 * The inline CommonMark that renders as exactly this plain text, with as few escapes as possible:
 * `renderInline(escapeInline(x)).plainText === x` for every text without U+0000, which CommonMark replaces, if the
 * result is within the limits of {@link renderInline}. A line feed becomes a hard break.
 */
export function escapeInline(plain: string): string {
  const sparing = escapeWith(plain, sparingly(plain));
  return exceedsInlineLimits(sparing) ? escapeWith(plain, () => true) : sparing;
}

type MarkRule = (char: string, at: number) => boolean;

function escapeWith(plain: string, mustEscape: MarkRule): string {
  const escaped = plain.replace(/[\\`*_[\]<&]/g, (char, at: number) => {
    if (char === '\\') return ESCAPABLE.test(plain[at + 1] ?? '\\') ? '\\\\' : '\\';
    return mustEscape(char, at) ? `\\${char}` : char;
  });
  return escapeEdges(escaped);
}

/** CommonMark ignores white space at the edges of a line unless it is written as a reference. */
function escapeEdges(text: string): string {
  return text
    .replace(/\r/g, '&#13;')
    .replace(/^\uFEFF/, '&#65279;')
    .replace(/(?<![ \t])[ \t]+(?=\n|$)|(?<=\n|^)[ \t]+/g, (spaces) =>
      spaces.replace(/ /g, '&#32;').replace(/\t/g, '&#9;'),
    )
    .replace(/\n$/, '&#10;')
    .replace(/\n/g, '\\\n');
}

function sparingly(plain: string): MarkRule {
  const lastLinkMiddle = plain.lastIndexOf('](');
  const ticks = plain.match(/`+/g)?.length ?? 0;
  const pairs = { '*': openings(plain, '*'), _: openings(plain, '_') };
  return (char, at) => {
    switch (char) {
      case '`':
        return ticks > 1;
      case '[':
        return at < lastLinkMiddle;
      case ']':
        return false;
      case '<':
        return /[a-z/!?]/i.test(plain[at + 1] ?? '');
      case '&':
        return REFERENCE.test(plain.slice(at, at + 40));
      default:
        return pairs[char as '*' | '_'] > 1 && isDelimiter(plain, at);
    }
  };
}

function openings(plain: string, mark: string): number {
  let count = 0;
  for (let at = plain.indexOf(mark); at >= 0; at = plain.indexOf(mark, at + 1)) {
    if (isDelimiter(plain, at)) count += 1;
  }
  return count;
}

/**
 * CommonMark §6.2: between spaces nothing opens or closes, and `_` does neither within a word. White space at the edge
 * of a line does not count, because it is written as a reference or a break.
 */
function isDelimiter(plain: string, at: number): boolean {
  const before = plain.slice(Math.max(0, at - 2), at);
  const after = plain.slice(at + 1, at + 3);
  if (/^$|\S $/.test(before) && /^$|^ \S/.test(after)) return false;
  return !(plain[at] === '_' && WORD.test(before.at(-1) ?? ' ') && WORD.test(after[0] ?? ' '));
}
