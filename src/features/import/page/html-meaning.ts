import type { Element, ElementContent, RootContent } from 'hast';
import type { Locale, PerLocale } from '../../../kernel/locale.js';
import { isBlank } from '../../../kernel/unprintable.js';
import { wordMarker } from './bullet.js';
import { textOf } from './html-hidden.js';
import { markersOf } from './html-numbering.js';
import { writtenScript } from './html-scripts.js';
import { styleOf } from './html-style.js';
import { rowsOfData } from './html-table.js';
import type { Note, NoteCode } from './imported.js';
import { cut } from './page-notes.js';

export interface MeaningOptions {
  /** The language of the page, for elements that do not declare one. */
  readonly locale: Locale;
  readonly isBlock: (tagName: string) => boolean;
  readonly belongsToPage: (line: string) => boolean;
  readonly notes: Note[];
}

interface Context {
  readonly locale: Locale;
  readonly quotes: number;
  readonly isPreformatted: boolean;
  readonly isInItem: boolean;
}

const QUOTES: PerLocale<readonly (readonly [string, string])[]> = {
  EN: [
    ['“', '”'],
    ['‘', '’'],
  ],
  ES: [
    ['«', '»'],
    ['“', '”'],
  ],
  FR: [
    ['«\u00a0', '\u00a0»'],
    ['“', '”'],
  ],
  PT: [
    ['“', '”'],
    ['‘', '’'],
  ],
};

/**
 * Converts HTML elements that inline CommonMark does not have into text: the numbers of ordered lists, superscripts,
 * quotation marks, lines of preformatted text, rows of tables. A note is added for anything that cannot be converted.
 * Items of lists get a property `marker`.
 */
export function writeMeaning(
  nodes: readonly RootContent[],
  options: MeaningOptions,
): ElementContent[] {
  const context = { locale: options.locale, quotes: 0, isPreformatted: false, isInItem: false };
  return new MeaningWriter(options).write(nodes, context);
}

class MeaningWriter {
  /** The preceding text on the same line. */
  private before = '';

  constructor(private readonly options: MeaningOptions) {}

  write(nodes: readonly RootContent[], context: Context): ElementContent[] {
    return nodes.flatMap((node): ElementContent[] => {
      if (node.type === 'text') return this.writeText(node.value, context);
      return node.type === 'element' ? this.writeElement(node, context) : [];
    });
  }

  private writeText(value: string, { isPreformatted }: Context): ElementContent[] {
    this.before = (this.before + value).slice(-12);
    if (!isPreformatted) return [{ type: 'text', value }];
    const lines = value.replace(/\t/g, '    ').split('\n');
    return lines.flatMap((line, index): ElementContent[] => {
      const spaced = line.replace(/ {2,}|^ /g, (spaces) => '\u00a0'.repeat(spaces.length));
      const text: ElementContent = { type: 'text', value: spaced };
      return index === 0 ? [text] : [element('br', []), text];
    });
  }

  private writeElement(node: Element, outer: Context): ElementContent[] {
    const style = styleOf(node);
    const context = contextWithin(node, outer, style);
    if (this.options.isBlock(node.tagName) || node.tagName === 'br') this.before = '';
    this.noteLost(node, style);
    switch (node.tagName) {
      case 'sup':
      case 'sub':
        return this.writeScript(node, node.tagName);
      case 'q':
        return this.writeQuotation(node, context);
      case 'rt':
        return this.writeText(`(${textOf(node).trim()})`, context);
      case 'rp':
        return [];
      case 'ol':
      case 'ul':
        return [this.writeList(node, context, outer.isInItem)];
      case 'table':
        return this.writeTable(node, context);
      default:
        return [this.itemOfWord(node, context) ?? this.copy(node, context)];
    }
  }

  private copy(node: Element, context: Context): Element {
    return { ...node, children: this.write(node.children, context) };
  }

  private writeScript(node: Element, kind: 'sup' | 'sub'): ElementContent[] {
    const original = textOf(node).replace(/\s+/g, ' ');
    const { text, isSpelledOut } = writtenScript(kind, original.trim(), this.before);
    if (isSpelledOut)
      this.note(
        'SCRIPT_WRITTEN',
        `${this.lastWord()}<${kind}>${original}</${kind}>`,
        this.lastWord() + text,
      );
    this.before = (this.before + text).slice(-12);
    const [link] = node.children.filter((child) => child.type === 'element');
    const written: ElementContent = { type: 'text', value: text };
    return [
      link?.tagName === 'a' && node.children.length === 1
        ? { ...link, children: [written] }
        : written,
    ];
  }

  private lastWord(): string {
    return /\S*$/.exec(this.before)?.[0] ?? '';
  }

  private writeQuotation(node: Element, context: Context): ElementContent[] {
    const [open, close] = QUOTES[context.locale][context.quotes % 2] ?? ['“', '”'];
    const inner = this.write(node.children, { ...context, quotes: context.quotes + 1 });
    return [{ type: 'text', value: open }, ...inner, { type: 'text', value: close }];
  }

  private writeList(list: Element, context: Context, isNested: boolean): Element {
    if (isNested) this.note('NESTED', list.children.map(textOf).join(' '));
    const markers = list.tagName === 'ol' ? markersOf(list) : new Map<Element, string>();
    const children = list.children.flatMap((child): ElementContent[] => {
      if (child.type !== 'element' || child.tagName !== 'li') return this.write([child], context);
      this.before = '';
      const properties = { ...child.properties, marker: markers.get(child) ?? '' };
      const inner = contextWithin(child, { ...context, isInItem: true }, styleOf(child));
      return [{ ...child, properties, children: this.write(child.children, inner) }];
    });
    return { ...list, children };
  }

  /** Word writes its lists as paragraphs; the glyph or number is in a separate element. */
  private itemOfWord(node: Element, context: Context): Element | null {
    if (!/^(?:p|div|h[1-6])$/.test(node.tagName) || !isOfWordList(node)) return null;
    const sign = findIgnored(node);
    if (!sign) return null;
    const level = /level([2-9])/.exec(styleOf(node).get('mso-list') ?? '')?.[1];
    const rest = without(node, sign);
    if (level !== undefined) this.note('NESTED', textOf(rest));
    const properties = { ...node.properties, marker: wordMarker(textOf(sign)) };
    return { ...rest, tagName: 'li', properties, children: this.write(rest.children, context) };
  }

  private writeTable(table: Element, context: Context): ElementContent[] {
    const rows = rowsOfData(table, this.options.belongsToPage);
    if (!rows) return [this.copy(table, context)];
    this.note('TABLE', rows[0]?.map(textOf).join('') ?? '');
    return rows.map((row) => {
      this.before = '';
      return element('p', this.write(row, context));
    });
  }

  private noteLost(node: Element, style: ReadonlyMap<string, string>): void {
    const { title, dir } = node.properties;
    if (/^(?:abbr|acronym)$/.test(node.tagName) && typeof title === 'string') {
      this.note('FORMAT_DROPPED', `${textOf(node)} (${title})`);
    }
    const isTurned = node.tagName === 'bdo' && String(dir).toLowerCase() === 'rtl';
    const isOverridden =
      /override/.test(style.get('unicode-bidi') ?? '') && style.get('direction') === 'rtl';
    const isTransformed = /^(?:upper|lower|capital)/.test(style.get('text-transform') ?? '');
    if (isTurned || isOverridden || isTransformed) this.note('FORMAT_DROPPED', textOf(node));
  }

  private note(code: NoteCode, text: string, repaired: string | null = null): void {
    const original = cut(text.replace(/[\s\u00a0]+/g, ' ').trim());
    if (!isBlank(original)) this.options.notes.push({ code, original, repaired, block: null });
  }
}

function contextWithin(node: Element, outer: Context, style: ReadonlyMap<string, string>): Context {
  const [language] = /^[a-z]{2}(?=-|$)/i.exec(String(node.properties['lang'] ?? '')) ?? [];
  const locale = language === undefined ? null : LOCALE_OF[language.toLowerCase()];
  const space = style.get('white-space') ?? '';
  const isPreformatted =
    space === '' ? outer.isPreformatted || node.tagName === 'pre' : space.startsWith('pre');
  return { ...outer, locale: locale ?? outer.locale, isPreformatted };
}

const LOCALE_OF: Readonly<Record<string, Locale>> = { en: 'EN', es: 'ES', fr: 'FR', pt: 'PT' };

function isOfWordList(node: Element): boolean {
  const { className } = node.properties;
  return styleOf(node).has('mso-list') || /MsoList/i.test(String(className ?? ''));
}

function findIgnored(node: Element): Element | null {
  for (const child of node.children) {
    if (child.type !== 'element') continue;
    if (styleOf(child).get('mso-list') === 'ignore') return child;
    const within = findIgnored(child);
    if (within) return within;
  }
  return null;
}

function without(node: Element, removed: Element): Element {
  const children = node.children
    .filter((child) => child !== removed)
    .map((child) => (child.type === 'element' ? without(child, removed) : child));
  return { ...node, children };
}

function element(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children };
}
