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
import { MAX_TITLE_LENGTH } from '../../release/index.js';
import { listSign } from './bullet.js';
import type { Embargo } from './embargo.js';
import { type HtmlLines, linesOfHtml } from './html-lines.js';
import type { Note } from './imported.js';
import { repairC1 } from './mojibake.js';
import { decodePage } from './page-bytes.js';
import { linesOfText, type PageLine, withListSigns } from './page-line.js';
import { localeOfText } from './page-locale.js';
import { composed, noted, repairs, suggestions } from './page-notes.js';
import { belongsToPage, type Outline, outlineOf } from './page-outline.js';
import { Refused, refusalOf, refuseUnprintable } from './refused.js';

/** One release in one locale. Title and blocks are inline CommonMark that renders exactly like the page. */
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
  /** Pages have no summary. */
  readonly summary: null;
  readonly blocks: readonly Block[];
  /** The embargo of the page, if any. */
  readonly embargo: Embargo | null;
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

const HTML_NAME = /\.x?html?$/i;
const HTML_START = /^\s*<(?:!doctype|html|head|body|meta|table|div|p|h[1-6]|!--)\b/i;

/**
 * Parses an existing release from a text or HTML page: headings of the page, title, date, optional sub-headlines,
 * paragraphs, the line that links to the website, reference. Parts of the page that are not part of the release are
 * left out, with a note; title and paragraphs are preserved to the character, and typographical corrections are only
 * suggested. Sub-headlines (“- …” before the first paragraph) become headings.
 *
 * Never throws because of the contents of the file; the reason of a refusal has the code IMPORT_REFUSED.
 */
export function parsePage(bytes: Uint8Array, name: string): PageResult {
  try {
    const text = decodePage(bytes);
    const isHtml = HTML_NAME.test(name) || HTML_START.test(text);
    const found = isHtml ? linesOfHtml(text, belongsToPage) : textLines(text);
    const lines = withListSigns(found.lines.map(repairedLine));
    return { ok: true, page: toPage(name, { ...found, lines }, outlineOf(lines, isHtml)) };
  } catch (error) {
    return { ...refusalOf(error), name };
  }
}

function textLines(text: string): HtmlLines {
  return { lines: linesOfText(text, belongsToPage), lost: [], notes: [] };
}

function repairedLine(line: PageLine): PageLine {
  const plain = repairC1(line.plain);
  if (plain === line.plain) return line;
  return { ...line, plain, inline: repairC1(line.inline), unrepaired: line.plain };
}

function toPage(source: string, found: HtmlLines, outline: Outline): ReleasePage {
  const { lines, lost } = found;
  const { reference, date, embargo } = outline;
  const body = outline.body.flatMap((index) => lines[index] ?? []);
  const detected = localeOfText(body.map(({ plain }) => plain).join('\n'));
  const locale = reference.locale ?? detected;
  if (!locale) throw new Refused('LOCALE_UNCLEAR', { reference: reference.code });
  const textAt = (index: number): string => lines[index]?.plain ?? '';
  const notes: Note[] = [
    ...outline.dropped.map((index) => noted('DROPPED', textAt(index))),
    ...outline.separators.map((index) => noted('SEPARATOR', textAt(index))),
    ...found.notes,
    ...(embargo ? [{ ...noted('EMBARGO', embargo.line), repaired: instant(embargo) }] : []),
  ];
  const title = titleOf(lines[outline.title], locale, notes);
  const blocks = blocksOf(body, locale, notes);
  if (blocks.length === 0) throw new Refused('BODY_EMPTY');
  for (const { line, what } of lost) {
    const block = outline.body.indexOf(line);
    if (line !== outline.title && block < 0) continue;
    notes.push({ ...noted('FORMAT_DROPPED', what), block: block < 0 ? null : block });
  }
  const differs = (original: string): void => {
    notes.push({ code: 'LOCALE_DIFFERS', original, repaired: null, block: null });
  };
  if (detected !== null && detected !== locale) differs(reference.code);
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
    embargo,
    notes,
  };
}

function instant({ until }: Embargo): string | null {
  return until === null ? null : until.toISOString();
}

function titleOf(line: PageLine | undefined, locale: Locale, notes: Note[]): string {
  const found = line?.plain ?? '';
  if (found.length > MAX_TITLE_LENGTH) throw new Refused('TEXT_TOO_LONG', { member: 'title' });
  const plain = found.normalize('NFC').replace(/\s*\n\s*/g, ' ');
  refuseUnprintable(plain, 'title');
  if (line) notes.push(...changedIn(line, null), ...suggestions(plain, null, locale));
  return canonicalInline(escapeInline(plain), 'HEADING');
}

function blocksOf(body: readonly PageLine[], locale: Locale, notes: Note[]): Block[] {
  const firstParagraph = body.findIndex(({ kind }) => kind === 'LINE');
  return body.map((line, index) => {
    const member = `body.${index}`;
    if (line.plain.length > MAX_INLINE_LENGTH) throw new Refused('TEXT_TOO_LONG', { member });
    const plain = line.plain.normalize('NFC');
    refuseUnprintable(plain, member);
    notes.push(...changedIn(line, index), ...suggestions(plain, index, locale));
    if (line.kind === 'LINE' && listSign(plain) === '*') {
      notes.push({ ...noted('FOOTNOTE', plain), block: index });
    }
    const kind = kindOf(line.kind, index < firstParagraph);
    const text = canonicalInline(composedInline(line, plain), kind);
    if (exceedsInlineLimits(text)) throw new Refused('TEXT_TOO_LONG', { member });
    return { kind, text };
  });
}

function changedIn({ plain, unrepaired }: PageLine, block: number | null): Note[] {
  return [...repairs(unrepaired ?? plain, block), ...composed(plain, block)];
}

function kindOf(kind: PageLine['kind'], isAboveText: boolean): BlockKind {
  if (kind === 'LINE') return 'PARAGRAPH';
  return kind === 'LIST_ITEM' && isAboveText ? 'HEADING' : kind;
}

/** Composition may join a mark with the character after it; then the plain text is used. */
function composedInline(line: PageLine, plain: string): string {
  const inline = line.inline.normalize('NFC');
  return renderInline(inline).plainText === plain ? inline : escapeInline(plain);
}
