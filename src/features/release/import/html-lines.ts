import type { Element, ElementContent, RootContent } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeSanitize from 'rehype-sanitize';
import { unified } from 'unified';
import { refuseHostileHtml } from './html-limits.js';
import { inlineOf } from './page-inline.js';
import type { PageLine } from './page-line.js';
import { Refused } from './refused.js';

const BLOCKS =
  'address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul caption';
const INLINE = 'a abbr acronym b big br cite em font i img q s small span strong sub sup tt u';
/** Taken out with all that is in them. */
const STRIPPED =
  'script style iframe object embed applet noscript template svg math head title textarea select button audio video canvas map';

const blockNames = new Set(BLOCKS.split(' '));

const parser = unified().use(rehypeParse).freeze();
const cleaner = unified()
  .use(rehypeSanitize, {
    tagNames: [...BLOCKS.split(' '), ...INLINE.split(' ')],
    attributes: { a: ['href'], img: ['alt', 'src'], '*': ['className', 'id'] },
    clobber: [],
    strip: STRIPPED.split(' '),
  })
  .freeze();

export interface HtmlLines {
  readonly lines: PageLine[];
  /** Images, addresses and emphasis that have no place in a body. */
  readonly lost: readonly { readonly line: number; readonly what: string }[];
}

/**
 * The lines of an HTML page as a reader sees them: one for each block, item, table cell, and each text
 * between two breaks in a row. Nothing that could run survives: only text, emphasis, strong, and links.
 *
 * @throws Refused HTML_HOSTILE
 */
export function linesOfHtml(html: string): HtmlLines {
  refuseHostileHtml(html);
  const collector = new LineCollector();
  try {
    const tree = cleaner.runSync(parser.parse(html));
    collector.walk(tree.children, { kind: 'LINE', isTitle: false });
    collector.flush({ kind: 'LINE', isTitle: false });
  } catch (error) {
    // The stack is the last line of defence, should a page nest deeper than was counted.
    if (error instanceof RangeError) throw new Refused('HTML_HOSTILE');
    throw error;
  }
  return collector;
}

type Context = Pick<PageLine, 'kind' | 'isTitle'>;

const TITLE_CLASS =
  /^(?:titulo|titulo[-_]?\w*|t[ií]tulo|press-?release-?title|headline|page-?title|title)$/i;

class LineCollector implements HtmlLines {
  readonly lines: PageLine[] = [];
  readonly lost: { line: number; what: string }[] = [];
  private run: ElementContent[] = [];

  walk(nodes: readonly RootContent[], context: Context): void {
    for (const node of nodes) {
      if (node.type === 'text') this.run.push(node);
      else if (node.type === 'element' && this.holdsBlock(node)) {
        this.flush(context);
        const inner = contextOf(node, context);
        this.walk(node.children, inner);
        this.flush(inner);
      } else if (node.type === 'element') this.addInline(node, context);
    }
  }

  /** Ends the line that has been collected. */
  flush(context: Context): void {
    const run = this.run;
    this.run = [];
    for (const part of itemsOf(run)) {
      const { plain, inline, lost } = inlineOf(part);
      for (const what of lost) this.lost.push({ line: this.lines.length, what });
      if (plain !== '') this.lines.push({ ...context, ...bulleted(plain, inline, context) });
    }
  }

  /** Two breaks in a row end a paragraph in pages that know no other. */
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

function contextOf(node: Element, outer: Context): Context {
  const isTitle = outer.isTitle || /^h[12]$/.test(node.tagName) || hasTitleClass(node);
  if (/^h[1-6]$/.test(node.tagName)) return { kind: 'HEADING', isTitle };
  if (node.tagName === 'li') return { kind: 'LIST_ITEM', isTitle };
  if (node.tagName === 'blockquote') return { kind: 'QUOTE', isTitle };
  return { kind: outer.kind, isTitle };
}

function hasTitleClass(node: Element): boolean {
  const { className, id } = node.properties;
  const names = [...(Array.isArray(className) ? className : []), id ?? ''];
  return names.some((name) => TITLE_CLASS.test(String(name)));
}

const BULLET = /^[-•·][ \u00a0]+(?=\S)/;

/** Text pages write sub-headlines with a hyphen, and so do HTML pages that were made from them. */
function bulleted(
  plain: string,
  inline: string,
  { kind }: Context,
): Partial<PageLine> & Pick<PageLine, 'plain' | 'inline'> {
  const isItem = kind === 'LINE' && BULLET.test(plain) && BULLET.test(inline);
  if (!isItem) return { plain, inline };
  return {
    kind: 'LIST_ITEM',
    plain: plain.replace(BULLET, ''),
    inline: inline.replace(BULLET, ''),
  };
}

/** A list that was made of hyphens and breaks; anything else is one piece. */
function itemsOf(run: readonly ElementContent[]): ElementContent[][] {
  const parts: ElementContent[][] = [[]];
  for (const node of run) {
    if (isBreak(node)) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  const filled = parts.filter((part) => inlineOf(part).plain !== '');
  const areItems = filled.length > 1 && filled.every((part) => BULLET.test(inlineOf(part).plain));
  return areItems ? filled : [[...run]];
}

function isBreak(node: ElementContent | undefined): boolean {
  return node?.type === 'element' && node.tagName === 'br';
}

/** A font element around a whole body whose paragraphs are parted by breaks. */
function hasBreaks(node: Element): boolean {
  let before = false;
  for (const child of node.children) {
    if (isBreak(child) && before) return true;
    if (child.type !== 'text' || child.value.trim() !== '') before = isBreak(child);
  }
  return false;
}
