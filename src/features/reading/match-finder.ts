import type { Locale } from '../../kernel/locale.js';
import {
  matchRanges,
  type MaybeQuery,
  readTypedSearch,
  searchQuery,
  type TextRange,
  type TypedSearch,
  withoutExclusions,
} from '../../kernel/search/index.js';
import { typedText } from './search.js';

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

  private queryIn(locale: Locale): MaybeQuery {
    let query = this.queries.get(locale);
    if (query === undefined) {
      query = this.wanted && searchQuery(this.wanted, locale);
      this.queries.set(locale, query);
    }
    return query;
  }
}
