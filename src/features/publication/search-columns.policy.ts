import type { Locale } from '../../kernel/locale.js';
import { releaseCode } from '../../kernel/reference-code.js';
import { renderBlocks, renderInline } from '../../kernel/rich-text/index.js';
import { searchVector, type WeightedText } from '../../kernel/search/index.js';
import type { PublishedContent } from './edition.policy.js';

/** The plain text that is searched, in the parts that have different weights. */
export interface SearchableText {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
}

export function searchableText(content: PublishedContent): SearchableText {
  return {
    title: renderInline(content.title.text).plainText,
    summary: content.summary ? renderInline(content.summary.text).plainText : '',
    body: renderBlocks(content.blocks).plainText,
  };
}

/** The value of the column `lexemes`. */
export function lexemesOf(text: SearchableText, number: string, locale: Locale): string {
  const { title, summary, body } = text;
  const parts: WeightedText[] = [
    { text: title, weight: 'A', codes: releaseCode(number, locale) },
    { text: summary, weight: 'B' },
    { text: body, weight: 'C' },
  ];
  return searchVector(parts, locale);
}

/** The columns of `published.text` that are computed from its lexemes, by name. */
export function lexemeColumns(lexemes: string): Readonly<Record<string, string>> {
  const vector = `${lexemes}::tsvector`;
  return {
    lexemes: vector,
    title_lexemes: `ts_filter(${vector}, '{a}')`,
    lead_lexemes: `ts_filter(${vector}, '{a,b}')`,
  };
}
