import type { BlockKind } from '../release.js';
import { escapeHeading, escapeLines, unescapeHeading, unescapeLines } from './block-syntax.js';
import { renderInline } from './inline.js';

/** One block of a body. */
export interface Block {
  readonly kind: BlockKind;
  /** Inline CommonMark, see {@link canonicalInline}. */
  readonly text: string;
}

export interface RenderedBlocks {
  readonly html: string;
  /** A CommonMark document, from which `parseBlocks` makes the same blocks. */
  readonly markdown: string;
  /** Blocks are separated by a blank line. */
  readonly plainText: string;
}

/**
 * Renders a body. List items that follow each other are one list; a block without text is left out.
 */
export function renderBlocks(blocks: readonly Block[]): RenderedBlocks {
  const html: string[] = [];
  const markdown: string[] = [];
  const plainText: string[] = [];
  let items: string[] = [];
  const closeList = (): void => {
    if (items.length > 0) html.push(`<ul>${items.join('')}</ul>`);
    items = [];
  };
  let before: BlockKind | null = null;
  for (const { kind, text: stored } of blocks) {
    const text = canonicalInline(stored, kind);
    if (text === '') continue;
    const rendered = renderInline(text);
    if (kind !== 'LIST_ITEM') closeList();
    if (kind === 'LIST_ITEM') items.push(`<li>${rendered.html}</li>`);
    else html.push(HTML_OF[kind](rendered.html));
    if (before !== null) markdown.push(kind === 'LIST_ITEM' && before === kind ? '\n' : '\n\n');
    markdown.push(MARKDOWN_OF[kind](text));
    plainText.push(rendered.plainText);
    before = kind;
  }
  closeList();
  return { html: html.join('\n'), markdown: markdown.join(''), plainText: plainText.join('\n\n') };
}

/** The HTML of one block by itself: a list item without its list. */
export function renderBlock(block: Block): { html: string; plainText: string } {
  const { html, plainText } = renderInline(canonicalInline(block.text, block.kind));
  return { html: HTML_OF[block.kind](html), plainText };
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
 * The form in which an inline text is stored, so that its way through a document and back is exact:
 * lines end in LF and begin without white space, none is blank, a heading has one line, and nothing
 * at the start of a line is escaped for the sake of block structure, which inline text does not have.
 * The reader sees the same text before and after.
 */
export function canonicalInline(text: string, kind: BlockKind): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t\n\uFEFF]+/, '')
    .replace(/(?<![ \t\n])[ \t\n]+$/, '')
    .replace(/\n[ \t\n]+/g, '\n');
  if (kind !== 'HEADING') return unescapeLines(lines);
  const line = lines.replace(/(\\*)((?<![ \t])[ \t]+)?\n/g, joinHeadingLine);
  return unescapeHeading(line.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, ''));
}

/** A heading has no hard breaks: what would be one becomes a space. */
function joinHeadingLine(_break: string, slashes: string, spaces: string | undefined): string {
  const isHardBreak = slashes.length % 2 === 1 && spaces === undefined;
  return `${isHardBreak ? slashes.slice(1) : slashes} `;
}
