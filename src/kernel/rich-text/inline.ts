import type { ElementContent, Root } from 'hast';
import type { PhrasingContent } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { encodeAddress, isAllowedAddress } from './address.js';
import { withoutConstructs } from './constructs.js';

/**
 * The maximum length of an inline text that is parsed as CommonMark, in UTF-16 units. A longer text is rendered
 * verbatim.
 */
export const MAX_INLINE_LENGTH = 20_000;

/**
 * The maximum number of opening characters in an inline text. It limits both the nesting, which overflows the stack in
 * rehype, and the time that the parser spends searching for closing ones.
 */
export const MAX_INLINE_MARKS = 256;

export interface RenderedInline {
  /** Sanitized: only em, strong, br, and a with an absolute http, https or mailto address. */
  readonly html: string;
  /** The visible text; a hard break is a line feed, a soft one a space. */
  readonly plainText: string;
}

/** A text without these is its own HTML and its own plain text. */
const NEEDS_PARSING = /[\\`*_[\]<&\n\r\0]|^[ \t\uFEFF]|[ \t]$/;
const ESCAPED_OR_MARK = /\\[^]|[`*_[<&]/g;

const parser = unified()
  .data(
    withoutConstructs([
      'blockQuote',
      'codeFenced',
      'codeIndented',
      'definition',
      'headingAtx',
      'htmlFlow',
      'htmlText',
      'list',
      'setextUnderline',
      'thematicBreak',
    ]),
  )
  .use(remarkParse)
  .freeze();

const printer = unified()
  .use(rehypeSanitize, {
    tagNames: ['em', 'strong', 'a', 'br'],
    attributes: { a: ['href'] },
    protocols: { href: ['http', 'https', 'mailto'] },
  })
  .use(rehypeStringify)
  .freeze();

/**
 * Renders an inline CommonMark text (emphasis, strong, links, hard breaks). Raw HTML is rendered as text, code spans
 * and images as the text in them, links to anything but an absolute http, https or mailto address as their text. Never
 * throws; a text that exceeds the limits is rendered verbatim.
 */
export function renderInline(text: string): RenderedInline {
  if (!NEEDS_PARSING.test(text)) return { html: text, plainText: text };
  if (exceedsInlineLimits(text)) return { html: escapeHtml(text), plainText: text };
  return renderParsed(text);
}

/** The slow path of {@link renderInline}, exported for the test that compares the two. */
export function renderParsed(text: string): RenderedInline {
  const children = phrasesOf(text).flatMap(toHast);
  const tree: Root = { type: 'root', children };
  return {
    html: printer.stringify(printer.runSync(tree)),
    plainText: children.map(plainTextOf).join(''),
  };
}

/** Whether {@link renderInline} renders this text verbatim, because parsing it could be too expensive. */
export function exceedsInlineLimits(text: string): boolean {
  if (text.length > MAX_INLINE_LENGTH) return true;
  let marks = 0;
  for (const [match] of text.matchAll(ESCAPED_OR_MARK)) if (match.length === 1) marks += 1;
  return marks > MAX_INLINE_MARKS;
}

function phrasesOf(text: string): PhrasingContent[] {
  const [paragraph] = parser.parse(joinSoftBreaks(text)).children;
  return paragraph?.type === 'paragraph' ? paragraph.children : [];
}

/** Preserves only hard breaks: after an odd number of backslashes, or two spaces. */
function joinSoftBreaks(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(\\*)([ \t]*)\n[ \t\n]*/g, (_all, slashes: string, spaces: string) => {
      if (slashes.length % 2 === 1 && spaces === '') return `${slashes}\n`;
      return spaces.endsWith('  ') ? `${slashes}  \n` : `${slashes} `;
    });
}

function toHast(node: PhrasingContent): ElementContent[] {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
      return [{ type: 'text', value: node.value }];
    case 'image':
      return [{ type: 'text', value: node.alt ?? '' }];
    case 'break':
      return [{ type: 'element', tagName: 'br', properties: {}, children: [] }];
    case 'emphasis':
    case 'strong': {
      const tagName = node.type === 'strong' ? 'strong' : 'em';
      return [
        { type: 'element', tagName, properties: {}, children: node.children.flatMap(toHast) },
      ];
    }
    case 'link': {
      const children = node.children.flatMap(toHast);
      if (!isAllowedAddress(node.url)) return children;
      const properties = { href: encodeAddress(node.url) };
      return [{ type: 'element', tagName: 'a', properties, children }];
    }
    default:
      return [];
  }
}

function plainTextOf(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  return node.tagName === 'br' ? '\n' : node.children.map(plainTextOf).join('');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&#x26;').replace(/</g, '&#x3C;');
}
