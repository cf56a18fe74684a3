import type { Heading, ListItem, Nodes, Paragraph, RootContent } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { BlockKind } from '../release.js';
import { TABLE_RULE } from './block-syntax.js';
import { canonicalInline, type Block } from './blocks.js';
import { withoutConstructs } from './constructs.js';
import { exceedsInlineLimits } from './inline.js';

/** The maximum length of a body, in UTF-16 units: ten times the longest known speech. */
export const MAX_BODY_LENGTH = 400_000;

/** Constructs that a body of paragraphs, headings, quotes and list items cannot represent; keys of `ERRORS`. */
export type BodyFault =
  | 'BODY_CODE'
  | 'BODY_DEFINITION'
  | 'BODY_HTML'
  | 'BODY_IMAGE'
  | 'BODY_NESTED'
  | 'BODY_TABLE'
  | 'BODY_TOO_LONG';

/** A construct that was converted or left out: a list or quotation within another one, a thematic break. */
export interface ReducedPart {
  readonly what: 'NESTED' | 'RULE';
  /** The line number in the body, from 1. */
  readonly line: number;
}

export type ParsedBlocks =
  | { readonly ok: true; readonly blocks: Block[]; readonly reduced: readonly ReducedPart[] }
  /** `line` is the line number in the body, from 1. */
  | { readonly ok: false; readonly reason: BodyFault; readonly line: number };

class Unplaced extends Error {
  constructor(
    readonly reason: BodyFault,
    readonly line: number,
  ) {
    super(reason);
  }
}

/** Raw HTML within a line is treated as text, as in `renderInline`; an HTML block is refused. */
const parser = unified()
  .data(withoutConstructs(['htmlText']))
  .use(remarkParse)
  .freeze();

/** Deeply nested containers take quadratic time. */
const DEEP_CONTAINER = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){4}/;
/** The end of a paragraph (CommonMark §5.2: an empty item does not end it, nor does one with a number other than 1). */
const PARAGRAPH_END = /^ {0,3}(?:> {0,3})?(?:$|[-+*][ \t]+\S|1[.)][ \t]+\S|#{1,6}(?:[ \t]|$))/;
const NUMBERED = /^ {0,3}(?:> {0,3})?\d{1,9}[.)][ \t]+\S/;

/** Deeper than any list that a reader can follow. */
const MAX_DEPTH = 10;

/**
 * Parses a CommonMark document of paragraphs, headings (of any level), block quotes and lists. The inline source of
 * each block is stored verbatim, in the form of `canonicalInline`; an item of an ordered list begins with its number. A
 * quote of several paragraphs becomes several blocks, an item of several paragraphs one block with hard breaks; a
 * nested container becomes consecutive blocks.
 */
export function parseBlocks(markdown: string): ParsedBlocks {
  const source = markdown.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  try {
    refuseCostly(source);
    const reader = new BlockReader(source);
    const blocks = parser.parse(source).children.flatMap((node) => reader.blocksOf(node, null, 0));
    return { ok: true, blocks, reduced: reader.reduced };
  } catch (error) {
    if (error instanceof Unplaced) return { ok: false, reason: error.reason, line: error.line };
    throw error;
  }
}

function refuseCostly(source: string): void {
  if (source.length > MAX_BODY_LENGTH) throw new Unplaced('BODY_TOO_LONG', 1);
  let chunk: string[] = [];
  let first = 1;
  const check = (): void => {
    if (exceedsInlineLimits(chunk.join('\n'))) throw new Unplaced('BODY_TOO_LONG', first);
  };
  for (const [index, line] of source.split('\n').entries()) {
    if (DEEP_CONTAINER.test(line)) throw new Unplaced('BODY_NESTED', index + 1);
    const isNextItem = NUMBERED.test(line) && NUMBERED.test(chunk[0] ?? '');
    if (PARAGRAPH_END.test(line.trimEnd()) || isNextItem) {
      check();
      chunk = [];
      first = line.trim() === '' ? index + 2 : index + 1;
    }
    chunk.push(line);
  }
  check();
}

class BlockReader {
  readonly reduced: ReducedPart[] = [];

  /** The number of quotations around the current node. */
  private quotes = 0;

  constructor(private readonly source: string) {}

  /** @param container the kind of the container of the node; null at the top level */
  blocksOf(node: RootContent, container: BlockKind | null, depth: number): Block[] {
    if (depth > MAX_DEPTH) throw new Unplaced('BODY_NESTED', lineOf(node));
    if (container !== null && node.type !== 'paragraph') this.reduce('NESTED', node);
    switch (node.type) {
      case 'paragraph':
        return block(container ?? 'PARAGRAPH', node, this.source, this.quotes);
      case 'heading':
        return block('HEADING', node, this.source, this.quotes);
      case 'blockquote':
        return this.quoted(() => {
          return node.children.flatMap((child) => this.blocksOf(child, 'QUOTE', depth + 1));
        });
      case 'list':
        return node.children.flatMap((item, index) => {
          return this.itemOf(item, node.ordered ? (node.start ?? 1) + index : null, depth);
        });
      case 'thematicBreak':
        if (container === null) this.reduce('RULE', node);
        return [];
      default:
        throw new Unplaced(faultOf(node), lineOf(node));
    }
  }

  private quoted(read: () => Block[]): Block[] {
    this.quotes += 1;
    try {
      return read();
    } finally {
      this.quotes -= 1;
    }
  }

  private itemOf(item: ListItem, number: number | null, depth: number): Block[] {
    const second = item.children.findIndex(({ type }) => type !== 'paragraph');
    const own = item.children.slice(0, second < 0 ? undefined : second);
    const rest = item.children.slice(own.length);
    const texts = own.flatMap((child) => this.blocksOf(child, 'LIST_ITEM', depth + 1));
    const after = rest.flatMap((child) => this.blocksOf(child, 'LIST_ITEM', depth + 1));
    const text = texts.map(({ text: inline }) => inline).reduce(withBreak, '');
    if (text === '') return after;
    const marker = number === null ? '' : `${number}${this.delimiterOf(item)} `;
    return [{ kind: 'LIST_ITEM', text: canonicalInline(marker + text, 'LIST_ITEM') }, ...after];
  }

  private delimiterOf(item: ListItem): string {
    const start = item.position?.start.offset ?? 0;
    return /^\d+([.)])/.exec(this.source.slice(start, start + 10))?.[1] ?? '.';
  }

  private reduce(what: ReducedPart['what'], node: Nodes): void {
    this.reduced.push({ what, line: lineOf(node) });
  }
}

/** A backslash at the end of a text is literal, and would become part of the break. */
function withBreak(text: string, next: string): string {
  if (text === '') return next;
  return text + (text.endsWith('\\') ? '  \n' : '\\\n') + next;
}

function faultOf(node: RootContent): BodyFault {
  if (node.type === 'code') return 'BODY_CODE';
  if (node.type === 'html') return 'BODY_HTML';
  return node.type === 'definition' ? 'BODY_DEFINITION' : 'BODY_NESTED';
}

function block(
  kind: BlockKind,
  node: Paragraph | Heading,
  source: string,
  quotes: number,
): Block[] {
  const start = node.children[0]?.position?.start.offset;
  const end = node.children.at(-1)?.position?.end.offset;
  if (start === undefined || end === undefined) return [];
  const raw = source.slice(start, end);
  let inner = raw;
  for (let left = quotes; left > 0; left -= 1) inner = inner.replace(/\n[ \t]*>?/g, '\n');
  if (exceedsInlineLimits(inner)) throw new Unplaced('BODY_TOO_LONG', lineOf(node));
  refuseTable(inner, lineOf(node));
  refuseImages(node);
  const text = canonicalInline(inner, kind);
  return text === '' ? [] : [{ kind, text }];
}

function refuseTable(inline: string, line: number): void {
  const lines = inline.split('\n');
  const rule = lines.findIndex((row, index) => index > 0 && TABLE_RULE.test(row));
  if (rule > 0 && lines[rule - 1]?.includes('|') === true)
    throw new Unplaced('BODY_TABLE', line + rule - 1);
}

function refuseImages(node: Nodes): void {
  if (node.type === 'image' || node.type === 'imageReference') {
    throw new Unplaced('BODY_IMAGE', lineOf(node));
  }
  if ('children' in node) node.children.forEach(refuseImages);
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
