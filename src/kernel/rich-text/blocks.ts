import type { BlockKind } from '../release.js';
import { escapeHeading, escapeLines, unescapeHeading, unescapeLines } from './block-syntax.js';
import { renderInline, type RenderedInline } from './inline.js';

/** One block of a body. */
export interface Block {
  readonly kind: BlockKind;
  /** Inline CommonMark, see {@link canonicalInline}. */
  readonly text: string;
  /** What {@link renderedInline} made of it before; made anew where it is absent or of another version. */
  readonly rendered?: KeptRendering | undefined;
}

/** An inline text as it was rendered once, to be kept beside it. */
export interface KeptRendering extends RenderedInline {
  readonly version: number;
}

/** Another one for each change of what a text is rendered to. */
const VERSION = 1;

/** @returns null for a text that is its own rendering */
export function keptRendering({ text, kind }: Block): KeptRendering | null {
  const rendered = renderInline(canonicalInline(text, kind));
  const { html, plainText } = rendered;
  return html === text && plainText === text ? null : { ...rendered, version: VERSION };
}

function renderedInline({ text, kind, rendered }: Block): RenderedInline {
  return rendered?.version === VERSION ? rendered : renderInline(canonicalInline(text, kind));
}

export interface RenderedBlocks {
  readonly html: string;
  /** A CommonMark document, from which `parseBlocks` makes the same blocks. */
  readonly markdown: string;
  /** Blocks are separated by a blank line. */
  readonly plainText: string;
}

/**
 * Renders a body, in each form when it is asked for. List items that follow each other are one list; a block without
 * text is left out.
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
  let items: string[] = [];
  const closeList = (): void => {
    if (items.length > 0) html.push(`<ul>${items.join('')}</ul>`);
    items = [];
  };
  for (const block of blocks) {
    const rendered = renderedInline(block);
    if (block.kind !== 'LIST_ITEM') closeList();
    if (block.kind === 'LIST_ITEM') items.push(`<li>${rendered.html}</li>`);
    else html.push(HTML_OF[block.kind](rendered.html));
  }
  closeList();
  return html.join('\n');
}

function markdownOf(blocks: readonly Block[]): string {
  const markdown: string[] = [];
  let before: BlockKind | null = null;
  for (const { kind, text } of blocks) {
    if (before !== null) markdown.push(kind === 'LIST_ITEM' && before === kind ? '\n' : '\n\n');
    markdown.push(MARKDOWN_OF[kind](canonicalInline(text, kind)));
    before = kind;
  }
  return markdown.join('');
}

/** The HTML of one block by itself: a list item without its list. */
export function renderBlock(block: Block): { html: string; plainText: string } {
  const { html, plainText } = renderedInline(block);
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
  if (!MAY_BE_OTHERWISE.test(text)) return text;
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t\n\uFEFF]+/, '')
    .replace(/(?<![ \t\n])[ \t\n]+$/, '')
    .replace(/\n[ \t\n]+/g, '\n');
  if (kind !== 'HEADING') return unescapeLines(lines);
  const line = lines.replace(/(\\*)((?<![ \t])[ \t]+)?\n/g, joinHeadingLine);
  return unescapeHeading(line.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, ''));
}

/** A text without these is canonical as it is. */
const MAY_BE_OTHERWISE = /[\\\r\n\t\uFEFF]|^ | $/;

/** A heading has no hard breaks: what would be one becomes a space. */
function joinHeadingLine(_break: string, slashes: string, spaces: string | undefined): string {
  const isHardBreak = slashes.length % 2 === 1 && spaces === undefined;
  return `${isHardBreak ? slashes.slice(1) : slashes} `;
}
