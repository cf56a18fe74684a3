import type { Locale } from '../locale.js';
import { matchRanges, type TextRange } from './matches.js';
import { hasPhrase, type MaybeQuery } from './query-tree.js';
import { searchQuery } from './query.js';
import { readTypedSearch, type TypedSearch, typedText, withoutExclusions } from './typed-search.js';

const PARAGRAPH = /[^\n]+/g;

/** Finds the terms of one search in texts, without those that it excludes. */
export class MatchFinder {
  private readonly queries = new Map<Locale, MaybeQuery>();

  private constructor(private readonly wanted: TypedSearch | null) {}

  /** @returns null without a search */
  static of(search: string | null): MatchFinder | null {
    const typed = typedText(search ?? '');
    return typed === '' ? null : new MatchFinder(withoutExclusions(readTypedSearch(typed)));
  }

  /** @param locale the language of the text */
  rangesIn(text: string, locale: Locale): TextRange[] {
    return matchRanges(text, this.queryIn(locale), locale);
  }

  /**
   * As many ranges as a snippet around the first one can show. The paragraphs after it are not searched: a body has
   * hundreds of words, and a page has up to a hundred bodies.
   *
   * @param length of the snippet, in UTF-16 code units
   */
  firstRangesIn(text: string, locale: Locale, length: number): TextRange[] {
    if (hasPhrase(this.queryIn(locale))) return this.rangesIn(text, locale);
    const found: TextRange[] = [];
    for (const { 0: paragraph, index } of text.matchAll(PARAGRAPH)) {
      if (found[0] && index > found[0].start + length) break;
      for (const { start, end } of this.rangesIn(paragraph, locale)) {
        found.push({ start: start + index, end: end + index });
      }
    }
    return found;
  }

  private queryIn(locale: Locale): MaybeQuery {
    let query = this.queries.get(locale);
    if (query === undefined) {
      query = this.wanted && searchQuery(this.wanted, locale);
      this.queries.set(locale, query);
    }
    return query;
  }
}
