import type { Locale } from '../../../kernel/locale.js';
import {
  MatchFinder,
  matchesVector,
  type MaybeQuery,
  readTypedSearch,
  searchQuery,
  SNIPPET_LENGTH,
  snippetOf,
  type TextRange,
  type TypedSearch,
  typedText,
  withoutExclusions,
} from '../../../kernel/search/index.js';
import type { AppReleaseFragment, SiteListQuery } from '../../generated/site.js';
import type { StoredVector } from '../copy/stored-release.js';

type Match = NonNullable<SiteListQuery['releases']['edges'][number]['match']>;

/** One search in a copy, by the rules of the server's search. */
export class OfflineSearch {
  private readonly search: TypedSearch;
  private readonly wanted: TypedSearch | null;
  private readonly queries = new Map<Locale, { all: MaybeQuery; wanted: MaybeQuery }>();

  private constructor(
    typed: string,
    private readonly finder: MatchFinder,
  ) {
    this.search = readTypedSearch(typed);
    this.wanted = withoutExclusions(this.search);
  }

  /** @returns null for a blank search */
  static of(text: string): OfflineSearch | null {
    const finder = MatchFinder.of(text);
    return finder && new OfflineSearch(typedText(text), finder);
  }

  /**
   * Where the search finds a release: 3 in its title, 2 in title and summary together, 1 in the whole text, 0 nowhere.
   */
  tierOf({ vector, locale }: StoredVector): number {
    const { all, wanted } = this.queriesIn(locale);
    if (!matchesVector(all, vector, ['A', 'B', 'C'])) return 0;
    if (matchesVector(wanted, vector, ['A'])) return 3;
    return matchesVector(wanted, vector, ['A', 'B']) ? 2 : 1;
  }

  /** The places that a list shows of a release. */
  matchIn({ title, summary, body }: AppReleaseFragment): Match {
    const titleRanges = this.finder.rangesIn(title.value, title.locale);
    const inSummary = summary ? this.finder.rangesIn(summary.value, summary.locale) : [];
    if (summary && inSummary.length > 0) return matchOf(titleRanges, summary, inSummary);
    const text = { ...body, value: body.plainText, isFallback: title.isFallback };
    const inBody = this.finder.firstRangesIn(text.value, body.locale, SNIPPET_LENGTH);
    return matchOf(titleRanges, inBody.length > 0 || !summary ? text : summary, inBody);
  }

  private queriesIn(locale: Locale): { all: MaybeQuery; wanted: MaybeQuery } {
    const known = this.queries.get(locale);
    if (known) return known;
    const all = searchQuery(this.search, locale);
    const made = { all, wanted: this.wanted && searchQuery(this.wanted, locale) };
    this.queries.set(locale, made);
    return made;
  }
}

function matchOf(
  title: readonly TextRange[],
  text: Omit<Match['snippet'], '__typename'>,
  ranges: readonly TextRange[],
): Match {
  const snippet = snippetOf(text.value, ranges);
  return {
    title,
    snippet: { ...text, value: snippet.value },
    snippetRanges: snippet.ranges,
  } as Match;
}
