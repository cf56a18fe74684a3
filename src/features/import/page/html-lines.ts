import type { Element, ElementContent, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeSanitize from 'rehype-sanitize';
import { unified } from 'unified';
import { LOCALES, type Locale, TAG_OF } from '../../../kernel/locale.js';
import { isBlank } from '../../../kernel/unprintable.js';
import { withoutBullet } from './bullet.js';
import { textOf, withoutUnseen } from './html-hidden.js';
import { refuseHostileHtml } from './html-limits.js';
import { writeMeaning } from './html-meaning.js';
import type { Note } from './imported.js';
import { inlineOf } from './page-inline.js';
import type { PageLine } from './page-line.js';
import { localeOfText } from './page-locale.js';
import { Refused } from './refused.js';

const BLOCKS =
  'address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul caption';
const INLINE =
  'a abbr acronym b bdo big br cite em font i img q rp rt ruby small span strong sub sup tt u';
/** Removed with their contents. */
const STRIPPED =
  'script style iframe object embed applet noscript template svg math head title textarea select button audio video canvas map';

const blockNames = new Set(BLOCKS.split(' '));

const parser = unified().use(rehypeParse).freeze();
const cleaner = unified()
  .use(rehypeSanitize, {
    tagNames: [...BLOCKS.split(' '), ...INLINE.split(' ')],
    // None of these is part of a body: they are only read, and the tree is never serialized.
    attributes: {
      a: ['href'],
      img: ['alt', 'src'],
      '*': [
        'className',
        'id',
        'style',
        'lang',
        'dir',
        'title',
        'start',
        'reversed',
        'type',
        'value',
      ],
    },
    clobber: [],
    strip: STRIPPED.split(' '),
  })
  .freeze();

export interface HtmlLines {
  readonly lines: PageLine[];
  /** Images, addresses and emphasis that a body cannot represent. */
  readonly lost: readonly { readonly line: number; readonly what: string }[];
  /** Everything on the page that was left out or written in another way. */
  readonly notes: readonly Note[];
}

/**
 * The lines of an HTML page as a reader sees them: one for each block, item, row of a table, each text between two
 * consecutive breaks, and each line that belongs to the page. Only text, emphasis, strong and links remain, nothing
 * executable.
 *
 * @param belongsToPage whether a line is a heading of the page, a date, or a reference
 * @throws Refused HTML_HOSTILE
 */
export function linesOfHtml(html: string, belongsToPage: (line: string) => boolean): HtmlLines {
  refuseHostileHtml(html);
  const collector = new LineCollector(belongsToPage);
  const { notes } = collector;
  try {
    const seen = cleaner.runSync(withoutUnseen(parser.parse(html), notes));
    const locale = localeOfPage(html) ?? localeOfText(textOf(seen)) ?? 'EN';
    const isBlock = (name: string): boolean => blockNames.has(name);
    const nodes = writeMeaning(seen.children, { locale, isBlock, belongsToPage, notes });
    collector.walk(nodes, PLAIN);
    collector.flush(PLAIN);
  } catch (error) {
    // The last safeguard, for a page that nests deeper than the limits detect.
    if (error instanceof RangeError) throw new Refused('HTML_HOSTILE');
    throw error;
  }
  return collector;
}

function localeOfPage(html: string): Locale | null {
  const [, tag] = /<html\b[^>]*?\blang\s*=\s*["']?([a-z]{2})\b/i.exec(html.slice(0, 4096)) ?? [];
  return LOCALES.find((locale) => TAG_OF[locale] === tag?.toLowerCase()) ?? null;
}

interface Context extends Pick<PageLine, 'kind' | 'isTitle'> {
  readonly item: Item | null;
}

/** A list item: its number precedes its first line, and its other lines belong to it. */
interface Item {
  readonly marker: string;
  /** The index of its line; null before it has one. */
  line: number | null;
}

const PLAIN: Context = { kind: 'LINE', isTitle: false, item: null };

const TITLE_CLASS =
  /^(?:titulo|titulo[-_]?\w*|t[ií]tulo|press-?release-?title|headline|page-?title|title)$/i;

class LineCollector implements HtmlLines {
  readonly lines: PageLine[] = [];
  readonly lost: { line: number; what: string }[] = [];
  readonly notes: Note[] = [];
  private run: ElementContent[] = [];

  constructor(private readonly belongsToPage: (line: string) => boolean) {}

  walk(nodes: readonly RootContent[], context: Context): void {
    for (const node of nodes) {
      if (node.type === 'text') this.run.push(node);
      else if (node.type === 'element' && node.tagName === 'hr') {
        this.flush(context);
        this.lines.push(RULE);
      } else if (node.type === 'element' && this.holdsBlock(node)) {
        this.flush(context);
        const inner = contextOf(node, context);
        this.walk(node.children, inner);
        this.flush(inner);
      } else if (node.type === 'element') this.addInline(node, context);
    }
  }

  /** Ends the current line. */
  flush(context: Context): void {
    const run = this.run;
    this.run = [];
    for (const part of partsOf(run, this.belongsToPage)) {
      const { plain, inline, lost } = inlineOf(part);
      if (isBlank(plain)) continue;
      this.add(plain, inline, context);
      for (const what of lost) this.lost.push({ line: this.lines.length - 1, what });
    }
    const images = run.length > 0 && isBlank(inlineOf(run).plain) ? inlineOf(run).lost : [];
    for (const what of images) this.lost.push({ line: this.lines.length, what });
  }

  private add(plain: string, inline: string, { kind, isTitle, item }: Context): void {
    const last = this.lines.at(-1);
    if (item && kind === 'LIST_ITEM' && last && item.line === this.lines.length - 1) {
      const joined = { plain: `${last.plain}\n${plain}`, inline: `${last.inline}\\\n${inline}` };
      this.lines[item.line] = { ...last, ...joined };
      return;
    }
    const marker = item && item.line === null && kind === 'LIST_ITEM' ? item.marker : '';
    if (item) item.line = this.lines.length;
    const line = { kind, isTitle, plain: marker + plain, inline: marker + inline };
    this.lines.push({ ...line, ...bulleted(line) });
  }

  /** In pages without paragraph elements, two consecutive breaks end a paragraph. */
  private addInline(node: Element, context: Context): void {
    if (isBreak(node) && isBreak(this.lastNode())) this.flush(context);
    else this.run.push(node);
  }

  private lastNode(): ElementContent | undefined {
    return this.run.findLast(
      (node) => node.type !== 'text' || /[^ \t\n\f\r\u00a0]/.test(node.value),
    );
  }

  private holdsBlock(node: Element): boolean {
    if (blockNames.has(node.tagName)) return true;
    return (
      node.children.some((child) => child.type === 'element' && this.holdsBlock(child)) ||
      hasBreaks(node)
    );
  }
}

const RULE: PageLine = { kind: 'LINE', plain: '———', inline: '———', isTitle: false, isRule: true };

function contextOf(node: Element, outer: Context): Context {
  const isTitle = outer.isTitle || /^h[12]$/.test(node.tagName) || hasTitleClass(node);
  const { item } = outer;
  if (/^h[1-6]$/.test(node.tagName)) return { kind: 'HEADING', isTitle, item };
  if (node.tagName === 'li') {
    const marker = String(node.properties['marker'] ?? '');
    return { kind: 'LIST_ITEM', isTitle, item: { marker, line: null } };
  }
  if (node.tagName === 'blockquote') return { kind: 'QUOTE', isTitle, item };
  return { kind: outer.kind, isTitle, item };
}

function hasTitleClass(node: Element): boolean {
  const { className, id } = node.properties;
  const names = [...(Array.isArray(className) ? className : []), id ?? ''];
  return names.some((name) => TITLE_CLASS.test(String(name)));
}

/** Text pages mark sub-headlines with a hyphen, and so do HTML pages that were made from them. */
function bulleted({ kind, plain, inline }: PageLine): Partial<PageLine> {
  const [text, source] = kind === 'LINE' ? [withoutBullet(plain), withoutBullet(inline)] : [];
  if (text == null || source == null) return {};
  return { kind: 'LIST_ITEM', plain: text, inline: source };
}

/**
 * Splits a list made of hyphens and breaks, and lines that belong to the page; other text between two blocks is one
 * piece.
 */
function partsOf(
  run: readonly ElementContent[],
  belongsToPage: (line: string) => boolean,
): ElementContent[][] {
  const parts = splitAtBreaks(run);
  if (parts.length === 1) return parts;
  const plain = parts.map((part) => inlineOf(part).plain);
  const filled = parts.filter((_part, index) => !isBlank(plain[index] ?? ''));
  const areItems = plain.every((line) => isBlank(line) || withoutBullet(line) !== null);
  if (areItems && filled.length > 1) return filled;
  if (!plain.some(belongsToPage)) return [[...run]];
  const pieces: ElementContent[][] = [[]];
  parts.forEach((part, index) => {
    const standsAlone = belongsToPage(plain[index] ?? '');
    if (standsAlone) pieces.push(part, []);
    else {
      const last = pieces.at(-1);
      if (last && last.length > 0) last.push(BREAK);
      last?.push(...part);
    }
  });
  return pieces.filter((piece) => piece.length > 0);
}

const BREAK: Element = { type: 'element', tagName: 'br', properties: {}, children: [] };

/** The lines of a run, even if an element spans a break: `<b>Title<br>May 4, 2026</b>`. */
function splitAtBreaks(run: readonly ElementContent[]): ElementContent[][] {
  const parts: ElementContent[][] = [[]];
  for (const node of run) {
    if (isBreak(node)) parts.push([]);
    else if (node.type !== 'element') parts.at(-1)?.push(node);
    else {
      const [first = [], ...others] = splitAtBreaks(node.children);
      parts.at(-1)?.push({ ...node, children: first });
      for (const children of others) parts.push([{ ...node, children }]);
    }
  }
  return parts;
}

function isBreak(node: ElementContent | undefined): boolean {
  return node?.type === 'element' && node.tagName === 'br';
}

/** Detects a font element around a whole body whose paragraphs are separated by breaks. */
function hasBreaks(node: Element): boolean {
  let before = false;
  for (const child of node.children) {
    if (isBreak(child) && before) return true;
    if (child.type !== 'text' || child.value.trim() !== '') before = isBreak(child);
  }
  return false;
}
