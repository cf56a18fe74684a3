import type { BlockKind } from '../release.js';
import { escapeHeading, escapeLines, unescapeHeading, unescapeLines } from './block-syntax.js';
import { renderInline, type RenderedInline } from './inline.js';
import { hasWideMarker, orderedItem } from './ordered-item.js';

/** One block of a body. */
export interface Block {
  readonly kind: BlockKind;
  /** Inline CommonMark, see {@link canonicalInline}. */
  readonly text: string;
  /** The stored result of {@link renderedInline}; rendered again if it is absent or of another version. */
  readonly rendered?: StoredRendering | undefined;
}

/** A rendered inline text, to be stored beside its source. */
export interface StoredRendering extends RenderedInline {
  readonly version: number;
}

/** Increment it with each change of the rendering. */
const VERSION = 1;

/** @returns null for a text whose rendering is the text itself */
export function storedRendering({ text, kind }: Block): StoredRendering | null {
  const rendered = renderInline(canonicalInline(text, kind));
  const { html, plainText } = rendered;
  return html === text && plainText === text ? null : { ...rendered, version: VERSION };
}

function renderedInline({ text, kind, rendered }: Block): RenderedInline {
  return rendered?.version === VERSION ? rendered : renderInline(canonicalInline(text, kind));
}

export interface RenderedBlocks {
  readonly html: string;
  /** A CommonMark document that `parseBlocks` parses into the same blocks. */
  readonly markdown: string;
  /** Blocks are separated by a blank line. */
  readonly plainText: string;
}

/**
 * Renders a body, each format when it is requested. Consecutive list items form one list, ordered if they begin with a
 * number; a block without text is omitted.
 */
export function renderBlocks(blocks: readonly Block[]): RenderedBlocks {
  const there = blocks.filter(({ text, kind }) => canonicalInline(text, kind) !== '');
  let html: string | undefined;
  let markdown: string | undefined;
  let plainText: string | undefined;
  return {
    get html() {
      return (html ??= htmlOf(there));
    },
    get markdown() {
      return (markdown ??= markdownOf(there));
    },
    get plainText() {
      return (plainText ??= there.map((block) => renderedInline(block).plainText).join('\n\n'));
    },
  };
}

function htmlOf(blocks: readonly Block[]): string {
  const html: string[] = [];
  let list: List | null = null;
  for (const block of blocks) {
    const rendered = renderedInline(block).html;
    const item = block.kind === 'LIST_ITEM' ? orderedItem(rendered) : null;
    if (list && (block.kind !== 'LIST_ITEM' || list.isOrdered !== (item !== null))) {
      html.push(htmlOfList(list));
      list = null;
    }
    if (block.kind === 'LIST_ITEM') {
      list ??= {
        isOrdered: item !== null,
        first: item?.number ?? 1,
        items: [],
        next: item?.number,
      };
      const value = item && item.number !== list.next ? ` value="${item.number}"` : '';
      list.items.push(`<li${value}>${rendered.slice(item?.marker.length ?? 0)}</li>`);
      list.next = item ? item.number + 1 : undefined;
    } else html.push(HTML_OF[block.kind](rendered));
  }
  if (list) html.push(htmlOfList(list));
  return html.join('\n');
}

interface List {
  readonly isOrdered: boolean;
  readonly first: number;
  readonly items: string[];
  /** The number that a browser assigns to the next item. */
  next: number | undefined;
}

function htmlOfList({ isOrdered, first, items }: List): string {
  if (!isOrdered) return `<ul>${items.join('')}</ul>`;
  return `<ol${first === 1 ? '' : ` start="${first}"`}>${items.join('')}</ol>`;
}

function markdownOf(blocks: readonly Block[]): string {
  const markdown: string[] = [];
  let before: MarkdownItem | null = null;
  for (const { kind, text } of blocks) {
    const inline = canonicalInline(text, kind);
    const item: MarkdownItem | null = kind === 'LIST_ITEM' ? markdownItem(inline, before) : null;
    const isSameList = item !== null && before !== null && item.delimiter === before.delimiter;
    if (markdown.length > 0) markdown.push(isSameList ? '\n' : '\n\n');
    markdown.push(item ? item.markdown : MARKDOWN_OF[kind](inline));
    before = item;
  }
  return markdown.join('');
}

interface MarkdownItem {
  readonly markdown: string;
  readonly delimiter: string;
  readonly number: number;
}

/**
 * A renderer counts from the first number of a list: an item out of sequence becomes a bullet that shows its number,
 * and is parsed back into the same item.
 */
function markdownItem(text: string, before: MarkdownItem | null): MarkdownItem {
  const item = orderedItem(text);
  const continues = item?.delimiter === before?.delimiter;
  if (!item || (continues && item.number !== (before?.number ?? 0) + 1)) {
    return { markdown: MARKDOWN_OF.LIST_ITEM(text), delimiter: '-', number: 0 };
  }
  const { marker, delimiter, number } = item;
  const lines = escapeLines(text.slice(marker.length));
  const markdown = marker + lines.replace(/\n/g, `\n${' '.repeat(marker.length)}`);
  return { markdown, delimiter, number };
}

/** The HTML of a single block: a list item without its list, an ordered one with its number. */
export function renderBlock(block: Block): { html: string; plainText: string } {
  const { html, plainText } = renderedInline(block);
  const item = block.kind === 'LIST_ITEM' ? orderedItem(html) : null;
  if (!item) return { html: HTML_OF[block.kind](html), plainText };
  return { html: `<li value="${item.number}">${html.slice(item.marker.length)}</li>`, plainText };
}

const HTML_OF: Record<BlockKind, (inline: string) => string> = {
  PARAGRAPH: (inline) => `<p>${inline}</p>`,
  HEADING: (inline) => `<h2>${inline}</h2>`,
  QUOTE: (inline) => `<blockquote><p>${inline}</p></blockquote>`,
  LIST_ITEM: (inline) => `<li>${inline}</li>`,
};

const MARKDOWN_OF: Record<BlockKind, (text: string) => string> = {
  PARAGRAPH: escapeLines,
  HEADING: (text) => `## ${escapeHeading(text)}`,
  QUOTE: (text) => `> ${escapeLines(text).replace(/\n/g, '\n> ')}`,
  LIST_ITEM: (text) => `- ${escapeLines(text).replace(/\n/g, '\n  ')}`,
};

/**
 * The form in which an inline text is stored, so that a round trip through a document is exact: lines end in LF and
 * begin without white space, none is blank, a heading has one line, and nothing at the start of a line is escaped for
 * block structure, which inline text does not have. The rendered text is unchanged.
 */
export function canonicalInline(text: string, kind: BlockKind): string {
  const isWide = kind === 'LIST_ITEM' && hasWideMarker(text);
  if (!isWide && !MAY_BE_OTHERWISE.test(text)) return text;
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t\n\uFEFF]+/, '')
    .replace(/(?<![ \t\n])[ \t\n]+$/, '')
    .replace(/\n[ \t\n]+/g, '\n');
  if (kind === 'LIST_ITEM') return canonicalItem(unescapeLines(lines));
  if (kind !== 'HEADING') return unescapeLines(lines);
  const line = lines.replace(/(\\*)((?<![ \t])[ \t]+)?\n/g, joinHeadingLine);
  return unescapeHeading(line.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, ''));
}

/** The text after the number of an ordered item starts a block of its own. */
function canonicalItem(text: string): string {
  const item = orderedItem(text);
  if (!item) return text;
  return `${item.number}${item.delimiter} ${unescapeLines(text.slice(item.marker.length))}`;
}

/** A text without these is already canonical. */
const MAY_BE_OTHERWISE = /[\\\r\n\t\uFEFF]|^ | $/;

/** A heading has no hard breaks: each becomes a space. */
function joinHeadingLine(_break: string, slashes: string, spaces: string | undefined): string {
  const isHardBreak = slashes.length % 2 === 1 && spaces === undefined;
  return `${isHardBreak ? slashes.slice(1) : slashes} `;
}
