import type { Nodes, Paragraph, Heading, RootContent } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { BlockKind } from '../release.js';
import { TABLE_RULE } from './block-syntax.js';
import { canonicalInline, type Block } from './blocks.js';
import { withoutConstructs } from './constructs.js';
import { exceedsInlineLimits } from './inline.js';

/** The longest body that is read, in UTF-16 units: ten times the longest speech that was found. */
export const MAX_BODY_LENGTH = 400_000;

/** What a body of paragraphs, headings, quotes and list items has no place for; keys of `ERRORS`. */
export type BodyFault =
  | 'BODY_CODE'
  | 'BODY_DEFINITION'
  | 'BODY_HTML'
  | 'BODY_IMAGE'
  | 'BODY_NESTED'
  | 'BODY_RULE'
  | 'BODY_TABLE'
  | 'BODY_TOO_LONG';

export type ParsedBlocks =
  | { readonly ok: true; readonly blocks: Block[] }
  /** `line` counts from 1 within the body. */
  | { readonly ok: false; readonly reason: BodyFault; readonly line: number };

class Unplaced extends Error {
  constructor(
    readonly reason: BodyFault,
    readonly line: number,
  ) {
    super(reason);
  }
}

/** Raw HTML within a line stays text, as in `renderInline`; as a block it is refused. */
const parser = unified()
  .data(withoutConstructs(['htmlText']))
  .use(remarkParse)
  .freeze();

/** Deep containers take quadratic time, and none that is nested has a place. */
const DEEP_CONTAINER = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){4}/;
/** What ends a paragraph (CommonMark §5.2: an empty item does not, nor does one with another number than 1). */
const PARAGRAPH_END = /^ {0,3}(?:> {0,3})?(?:$|[-+*][ \t]+\S|1[.)][ \t]+\S|#{1,6}(?:[ \t]|$))/;
const NUMBERED = /^ {0,3}(?:> {0,3})?\d{1,9}[.)][ \t]+\S/;

/**
 * Reads a CommonMark document of paragraphs, headings (of any level), block quotes and lists, ordered
 * or not. The inline source of each block is kept as it is written, in the form of
 * `canonicalInline`. A quote of several paragraphs is several blocks.
 */
export function parseBlocks(markdown: string): ParsedBlocks {
  const source = markdown.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  try {
    refuseCostly(source);
    return {
      ok: true,
      blocks: parser.parse(source).children.flatMap((node) => blocksOf(node, source)),
    };
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

function blocksOf(node: RootContent, source: string): Block[] {
  switch (node.type) {
    case 'paragraph':
      return block('PARAGRAPH', node, source);
    case 'heading':
      return block('HEADING', node, source);
    case 'blockquote':
      return node.children.flatMap((child) => block('QUOTE', onlyParagraph(child), source));
    case 'list':
      return node.children.flatMap((item) => {
        const [child, second] = item.children;
        if (second !== undefined) throw new Unplaced('BODY_NESTED', lineOf(second));
        return child === undefined ? [] : block('LIST_ITEM', onlyParagraph(child), source);
      });
    default:
      throw new Unplaced(faultOf(node), lineOf(node));
  }
}

function onlyParagraph(node: RootContent): Paragraph {
  if (node.type === 'paragraph') return node;
  throw new Unplaced(faultOf(node), lineOf(node));
}

function faultOf(node: RootContent): BodyFault {
  if (node.type === 'code') return 'BODY_CODE';
  if (node.type === 'html') return 'BODY_HTML';
  if (node.type === 'definition') return 'BODY_DEFINITION';
  return node.type === 'thematicBreak' ? 'BODY_RULE' : 'BODY_NESTED';
}

function block(kind: BlockKind, node: Paragraph | Heading, source: string): Block[] {
  const start = node.children[0]?.position?.start.offset;
  const end = node.children.at(-1)?.position?.end.offset;
  if (start === undefined || end === undefined) return [];
  const raw = source.slice(start, end);
  const inner = kind === 'QUOTE' ? raw.replace(/\n[ \t]*>?/g, '\n') : raw;
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
