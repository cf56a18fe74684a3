import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Nodes } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A Markdown file of this project. */
export interface Document {
  /** Relative to the root of the project. */
  readonly file: string;
  readonly text: string;
  readonly nodes: readonly Nodes[];
}

/** A fenced block of code. */
export interface Example {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  /** What follows the language in the info string. */
  readonly info: string;
  readonly code: string;
}

/** README, CONTRIBUTING, CHANGELOG, docs/ and the READMEs of the folders of src/. */
export function documents(): Document[] {
  const top = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  const below = ['docs', 'src', 'demo', 'tests'].flatMap((folder) => markdownIn(folder));
  return [...top, ...below].map(documentAt);
}

export function documentAt(file: string): Document {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return { file, text, nodes: [...descendants(unified().use(remarkParse).parse(text))] };
}

export function examplesOf({ file, nodes }: Document): Example[] {
  return nodes
    .filter((node) => node.type === 'code')
    .map(({ lang, meta, value, position }) => ({
      file,
      line: position?.start.line ?? 0,
      language: lang ?? '',
      info: meta ?? '',
      code: value,
    }));
}

/** The broken relative links of a document: no such file, or no such heading in it. */
export function brokenLinks(document: Document): string[] {
  return linksOf(document).flatMap((url) => {
    const [target = '', anchor] = decodeURI(url).split('#');
    const file = target === '' ? document.file : path.join(path.dirname(document.file), target);
    const broken = `${document.file}: ${url}`;
    if (file.startsWith('..') || !existsSync(path.join(ROOT, file))) return [broken];
    if (anchor === undefined) return [];
    return file.endsWith('.md') && anchorsOf(documentAt(file)).has(anchor) ? [] : [broken];
  });
}

/** Addresses of links and images within the project. */
export function linksOf({ nodes }: Document): string[] {
  return nodes
    .map((node) => ('url' in node ? node.url : ''))
    .filter((url) => url !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(url));
}

/** The anchors that forges make of headings: the n-th heading of the same text gets -n. */
function anchorsOf({ nodes }: Document): Set<string> {
  const anchors = new Set<string>();
  const count = new Map<string, number>();
  for (const node of nodes.filter(({ type }) => type === 'heading')) {
    const words = [...descendants(node)]
      .map((part) => ('value' in part ? part.value : ''))
      .join('');
    const slug = words
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const seen = count.get(slug) ?? 0;
    count.set(slug, seen + 1);
    anchors.add(seen === 0 ? slug : `${slug}-${seen}`);
  }
  return anchors;
}

function* descendants(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* descendants(child);
}

function markdownIn(folder: string): string[] {
  const absolute = path.join(ROOT, folder);
  if (!existsSync(absolute) || !statSync(absolute).isDirectory()) return [];
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => path.join(folder, name))
    .sort();
}
