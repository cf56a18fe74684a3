import type { ErrorReason, ErrorVariables } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import type { BlockKind, ReleaseType } from '../../../kernel/release.js';
import {
  type Block,
  canonicalInline,
  escapeInline,
  exceedsInlineLimits,
  MAX_INLINE_LENGTH,
  renderInline,
} from '../../../kernel/rich-text/index.js';
import { linesOfHtml } from './html-lines.js';
import type { Note } from './imported.js';
import { decodePage } from './page-bytes.js';
import { isMoreInformation, readHeading, readReferenceLabel } from './page-chrome.js';
import { readDateLine } from './page-date.js';
import { linesOfText, type PageLine } from './page-line.js';
import { localeOfText } from './page-locale.js';
import { composed, cut, dropped, suggestions } from './page-notes.js';
import { type Outline, outlineOf } from './page-outline.js';
import { Refused, refusalOf } from './refused.js';

/** One release in one locale. Title and blocks are inline CommonMark that shows exactly what the page shows. */
export interface ReleasePage {
  /** The name of the file. */
  readonly source: string;
  readonly locale: Locale;
  /** As printed: `E-305/12`. */
  readonly reference: string;
  readonly number: string;
  readonly type: ReleaseType;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly title: string;
  /** Pages have none. */
  readonly summary: null;
  readonly blocks: readonly Block[];
  readonly notes: readonly Note[];
}

export type PageResult =
  | { readonly ok: true; readonly page: ReleasePage }
  | {
      readonly ok: false;
      readonly name: string;
      readonly reason: ErrorReason;
      readonly vars: ErrorVariables;
    };

/** Longer than any title; a paragraph that was taken for one is refused. */
const MAX_TITLE_LENGTH = 1_000;
const HTML_NAME = /\.x?html?$/i;
const HTML_START = /^\s*<(?:!doctype|html|head|body|meta|table|div|p|h[1-6]|!--)\b/i;

/**
 * Reads an existing release from a page as text or HTML: headings of the page, title, date, optional
 * sub-headlines, paragraphs, the line that leads to the website, reference. What belongs to the page
 * is left out and noted; title and paragraphs are kept to the character, and what a typographer would
 * mend is only suggested. Sub-headlines (“- …” before the first paragraph) become headings.
 *
 * Never throws for anything in the file; the reason of a refusal has the code IMPORT_REFUSED.
 */
export function parsePage(bytes: Uint8Array, name: string): PageResult {
  try {
    const text = decodePage(bytes);
    const isHtml = HTML_NAME.test(name) || HTML_START.test(text);
    const { lines, lost } = isHtml ? linesOfHtml(text) : textLines(text);
    return { ok: true, page: toPage(name, lines, lost, outlineOf(lines, isHtml)) };
  } catch (error) {
    return { ...refusalOf(error), name };
  }
}

type Lost = readonly { readonly line: number; readonly what: string }[];

function textLines(text: string): { lines: PageLine[]; lost: Lost } {
  return { lines: linesOfText(text, belongsToPage), lost: [] };
}

function belongsToPage(line: string): boolean {
  if (readHeading(line) || readReferenceLabel(line) !== null || isMoreInformation(line))
    return true;
  try {
    return readDateLine(line) !== null;
  } catch {
    return true;
  }
}

function toPage(
  source: string,
  lines: readonly PageLine[],
  lost: Lost,
  outline: Outline,
): ReleasePage {
  const { reference, date } = outline;
  const notes: Note[] = outline.dropped.map((index) => dropped(lines[index]?.plain ?? ''));
  const title = titleOf(lines[outline.title], notes);
  const body = outline.body.flatMap((index) => lines[index] ?? []);
  const blocks = blocksOf(body, notes);
  if (blocks.length === 0) throw new Refused('BODY_EMPTY');
  for (const { line, what } of lost) {
    const block = outline.body.indexOf(line);
    if (line !== outline.title && block < 0) continue;
    const original = cut(what);
    notes.push({
      code: 'FORMAT_DROPPED',
      original,
      repaired: null,
      block: block < 0 ? null : block,
    });
  }
  const told = localeOfText(body.map(({ plain }) => plain).join('\n'));
  const locale = reference.locale ?? told;
  if (!locale) throw new Refused('LOCALE_UNCLEAR', { reference: reference.code });
  const differs = (original: string): void => {
    notes.push({ code: 'LOCALE_DIFFERS', original, repaired: null, block: null });
  };
  if (told !== null && told !== locale) differs(reference.code);
  if (!date.locales.includes(locale)) differs(date.date);
  if (reference.year !== null && date.date.slice(2, 4) !== reference.year) {
    notes.push({ code: 'YEAR_DIFFERS', original: reference.code, repaired: null, block: null });
  }
  const type = reference.type ?? outline.headingType ?? 'PRESS_RELEASE';
  const { code, number } = reference;
  return {
    source,
    locale,
    reference: code,
    number,
    type,
    date: date.date,
    title,
    summary: null,
    blocks,
    notes,
  };
}

function titleOf(line: PageLine | undefined, notes: Note[]): string {
  const found = line?.plain ?? '';
  if (found.length > MAX_TITLE_LENGTH) throw new Refused('TEXT_TOO_LONG', { member: 'title' });
  const plain = found.normalize('NFC').replace(/\s*\n\s*/g, ' ');
  notes.push(...composed(found, null), ...suggestions(plain, null));
  return canonicalInline(escapeInline(plain), 'HEADING');
}

function blocksOf(body: readonly PageLine[], notes: Note[]): Block[] {
  const firstParagraph = body.findIndex(({ kind }) => kind === 'LINE');
  return body.map((line, index) => {
    const tooLong = new Refused('TEXT_TOO_LONG', { member: `body.${index}` });
    if (line.plain.length > MAX_INLINE_LENGTH) throw tooLong;
    const plain = line.plain.normalize('NFC');
    notes.push(...composed(line.plain, index), ...suggestions(plain, index));
    const kind = kindOf(line.kind, index < firstParagraph);
    const text = canonicalInline(composedInline(line, plain), kind);
    if (exceedsInlineLimits(text)) throw tooLong;
    return { kind, text };
  });
}

function kindOf(kind: PageLine['kind'], isAboveText: boolean): BlockKind {
  if (kind === 'LINE') return 'PARAGRAPH';
  return kind === 'LIST_ITEM' && isAboveText ? 'HEADING' : kind;
}

/** Composing may join a mark with what follows it; then the plain text counts. */
function composedInline(line: PageLine, plain: string): string {
  const inline = line.inline.normalize('NFC');
  return renderInline(inline).plainText === plain ? inline : escapeInline(plain);
}
