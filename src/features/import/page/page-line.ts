import { escapeInline, MAX_INLINE_LENGTH } from '../../../kernel/rich-text/index.js';
import { isBlank } from '../../../kernel/unprintable.js';
import { isSeparator, listSign, withoutBullet, withoutListSign } from './bullet.js';

/** One line of a page as a reader sees it. */
export interface PageLine {
  /** LINE if the page has no markup for it. */
  readonly kind: 'LINE' | 'HEADING' | 'QUOTE' | 'LIST_ITEM';
  /** Plain text without white space at its ends. */
  readonly plain: string;
  /** The same as inline CommonMark. */
  readonly inline: string;
  /** Whether the page's markup declares it as the title. */
  readonly isTitle: boolean;
  /** Whether it is a rule in the page's markup, without text. */
  readonly isRule?: boolean;
  /** The plain text before its quotation marks were repaired. */
  readonly unrepaired?: string;
}

/** The widths at which editors and mail programs break lines. */
const WRAP_MIN = 45;
const WRAP_MAX = 100;
const SENTENCE_END = /[.!?…:;]["”»’)]*$/;
/** “WHAT: …”, “LIEU : …”: the labeled lines of an advisory. */
const LABELLED = /^[\p{Lu}][\p{Lu} ]{1,20}[ \u00a0]?:/u;

/**
 * The lines of a text page. Each is a separate block, whether or not a blank line follows; only a paragraph that is
 * visibly hard-wrapped is one block: every line but the last is 45 to 100 characters long, and the next line's first
 * word would not have fitted. White space at the ends of a line is layout, including U+00A0: old pages have two of them
 * before the date.
 *
 * @param standsAlone whether a line belongs to the page (a heading, the date), so that nothing is joined to it
 */
export function linesOfText(text: string, standsAlone: (line: string) => boolean): PageLine[] {
  return groupsOf(text).flatMap((lines) => {
    const areSeparate = lines.some(
      (line) =>
        withoutBullet(line) !== null ||
        listSign(line) !== null ||
        LABELLED.test(line) ||
        isSeparator(line) ||
        standsAlone(line),
    );
    return !areSeparate && isWrapped(lines) ? [plainLine(lines.join(' '))] : lines.map(plainLine);
  });
}

/** The groups of lines between blank ones. */
function groupsOf(text: string): string[][] {
  const groups: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (isBlank(line)) groups.push([]);
    else groups.at(-1)?.push(line.trim());
  }
  return groups.filter(({ length }) => length > 0);
}

/** A line that begins with a hyphen or a bullet becomes an item without it. */
export function plainLine(line: string): PageLine {
  const item = isSeparator(line) ? null : withoutBullet(line);
  const plain = item ?? line;
  const kind = item === null ? 'LINE' : 'LIST_ITEM';
  return { kind, plain, inline: escapeBounded(plain), isTitle: false };
}

/** Two or more consecutive lines that begin with an asterisk, a plus sign or a dash are a list. */
export function withListSigns(lines: readonly PageLine[]): PageLine[] {
  const signs = lines.map(({ kind, plain }) => {
    return kind === 'LINE' && !isSeparator(plain) ? listSign(plain) : null;
  });
  return lines.map((line, index) => {
    const sign = signs[index];
    if (sign == null || (signs[index - 1] !== sign && signs[index + 1] !== sign)) return line;
    const plain = withoutListSign(line.plain);
    const inline = withoutListSign(line.inline.replace(/^\\(?=[*+])/, ''));
    return { ...line, kind: 'LIST_ITEM', plain, inline };
  });
}

function isWrapped(lines: readonly string[]): boolean {
  if (lines.length < 2) return false;
  const width = Math.max(...lines.map(({ length }) => length));
  if (width > WRAP_MAX) return false;
  return lines.slice(0, -1).every((line, index) => {
    const nextWord = lines[index + 1]?.split(/\s/, 1)[0] ?? '';
    if (lines.length === 2 && SENTENCE_END.test(line)) return false;
    return line.length >= WRAP_MIN && line.length + 1 + nextWord.length > width;
  });
}

/** Like `escapeInline`, except that a text that is too long is not processed: it is refused later. */
export function escapeBounded(plain: string): string {
  return plain.length > MAX_INLINE_LENGTH ? plain : escapeInline(plain);
}
