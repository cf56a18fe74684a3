import { renderBlocks, renderInline } from '../../kernel/rich-text/index.js';
import type { SearchableText } from '../../kernel/search/index.js';
import type { PublishedContent } from './edition.policy.js';

export function searchableText(content: PublishedContent): SearchableText {
  return {
    title: renderInline(content.title.text).plainText,
    summary: content.summary ? renderInline(content.summary.text).plainText : '',
    body: renderBlocks(content.blocks).plainText,
  };
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
