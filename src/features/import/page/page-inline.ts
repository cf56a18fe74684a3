import type { ElementContent } from 'hast';
import type { PhrasingContent } from 'mdast';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import {
  canonicalInline,
  escapeInline,
  isAllowedAddress,
  MAX_INLINE_LENGTH,
  renderInline,
} from '../../../kernel/rich-text/index.js';
import { escapeBounded } from './page-line.js';

const writer = unified().use(remarkStringify, { emphasis: '*', strong: '*' }).freeze();

export interface Inline {
  readonly plain: string;
  readonly inline: string;
  /** Addresses and emphasis that were dropped. */
  readonly lost: readonly string[];
}

/** Converts one line of an HTML page to inline CommonMark; its plain text is always exact. */
export function inlineOf(nodes: readonly ElementContent[]): Inline {
  const lost: string[] = [];
  const phrases = trimEnds(merge(nodes.flatMap((node) => phrasesOf(node, lost))));
  const plain = plainOf(phrases);
  const isBare = phrases.every(({ type }) => type === 'text' || type === 'break');
  // A text that is too long is refused later; converting it to CommonMark could take minutes.
  if (isBare || plain.length > MAX_INLINE_LENGTH) {
    return { plain, inline: escapeBounded(plain), lost };
  }
  const written = writer.stringify({
    type: 'root',
    children: [{ type: 'paragraph', children: phrases }],
  });
  const inline = canonicalInline(written, 'PARAGRAPH');
  if (renderInline(inline).plainText === plain) return { plain, inline, lost };
  return { plain, inline: escapeInline(plain), lost: [...lost, inline] };
}

function phrasesOf(node: ElementContent, lost: string[]): PhrasingContent[] {
  if (node.type === 'text')
    return [{ type: 'text', value: node.value.replace(/[ \t\n\f\r]+/g, ' ') }];
  if (node.type !== 'element') return [];
  if (node.tagName === 'br') return [{ type: 'break' }];
  if (node.tagName === 'img') {
    const { src, alt } = node.properties;
    lost.push(String(alt || src || 'img'));
    return [];
  }
  const children = merge(node.children.flatMap((child) => phrasesOf(child, lost)));
  if (plainOf(children).trim() === '') return children;
  if (node.tagName === 'a') {
    const url = String(node.properties['href'] ?? '').trim();
    if (isAllowedAddress(url))
      return hoist(children, (inner) => ({ type: 'link', url, children: unlinked(inner) }));
    if (url !== '' && !url.startsWith('#')) lost.push(url);
    return children;
  }
  if (node.tagName === 'em' || node.tagName === 'i') {
    return hoist(children, (inner) => ({ type: 'emphasis', children: inner }));
  }
  if (node.tagName === 'strong' || node.tagName === 'b') {
    return hoist(children, (inner) => ({ type: 'strong', children: inner }));
  }
  return children;
}

/** Moves white space out of emphasis: in CommonMark, emphasis cannot end in a space. */
function hoist(
  children: PhrasingContent[],
  wrap: (inner: PhrasingContent[]) => PhrasingContent,
): PhrasingContent[] {
  const start: PhrasingContent[] = [];
  const end: PhrasingContent[] = [];
  const inner = [...children];
  for (let node = inner[0]; node; node = inner[0]) {
    const space = node.type === 'text' ? (/^\s+/.exec(node.value)?.[0] ?? '') : '';
    if (node.type !== 'break' && space === '') break;
    inner.shift();
    start.push(node.type === 'text' ? { type: 'text', value: space } : node);
    if (node.type === 'text' && space !== node.value) {
      inner.unshift({ type: 'text', value: node.value.slice(space.length) });
    }
  }
  for (let node = inner.at(-1); node; node = inner.at(-1)) {
    const space = node.type === 'text' ? node.value.slice(node.value.trimEnd().length) : '';
    if (node.type !== 'break' && space === '') break;
    inner.pop();
    end.unshift(node.type === 'text' ? { type: 'text', value: space } : node);
    if (node.type === 'text' && space !== node.value) {
      inner.push({ type: 'text', value: node.value.slice(0, -space.length) });
    }
  }
  return [...start, ...(inner.length > 0 ? [wrap(inner)] : []), ...end];
}

/** Old pages nest links by mistake; CommonMark §6.3 does not allow it. */
function unlinked(nodes: PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node) => (node.type === 'link' ? node.children : [node]));
}

/** Joins consecutive texts, with one space if both had some, and none next to a break. */
function merge(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const merged: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if (node.type === 'text' && last?.type === 'text') {
      const value = last.value.endsWith(' ') ? node.value.replace(/^ +/, '') : node.value;
      merged[merged.length - 1] = { type: 'text', value: last.value + value };
    } else if (node.type === 'text' && last?.type === 'break') {
      merged.push({ type: 'text', value: node.value.replace(/^ +/, '') });
    } else if (node.type === 'break' && last?.type === 'text') {
      merged[merged.length - 1] = { type: 'text', value: last.value.replace(/ +$/, '') };
      merged.push(node);
    } else merged.push(node);
  }
  return merged.filter((node) => node.type !== 'text' || node.value !== '');
}

function trimEnds(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const edges = (node: PhrasingContent): boolean =>
    node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
  const start = nodes.findIndex((node) => !edges(node));
  if (start < 0) return [];
  const trimmed = nodes.slice(start, nodes.findLastIndex((node) => !edges(node)) + 1);
  const first = trimmed[0];
  if (first?.type === 'text') trimmed[0] = { ...first, value: first.value.trimStart() };
  const last = trimmed.at(-1);
  if (last?.type === 'text') trimmed[trimmed.length - 1] = { ...last, value: last.value.trimEnd() };
  return trimmed;
}

function plainOf(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.value;
      if (node.type === 'break') return '\n';
      return 'children' in node ? plainOf(node.children) : '';
    })
    .join('');
}
