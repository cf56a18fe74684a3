import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { type Locale, type LocaleMask, TAG_OF } from '../../kernel/locale.js';
import { fieldLocale, isFallback } from '../../kernel/localization.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { TextRange } from '../../kernel/search/index.js';
import { renderBlocks } from '../../kernel/rich-text/index.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { NeedsBody } from '../../platform/graphql/execution/declared-needs.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { ReleaseEdge } from './list.types.js';
import type { LocalizedText } from './localized.types.js';
import type { MatchFinder } from './match-finder.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import type { LocalizedReleaseType } from './release.types.js';
import { SearchMatchType } from './search-match.types.js';
import { type Snippet, snippetOf } from './snippet.js';

@Resolver(() => ReleaseEdge)
export class SearchMatchResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @Cacheable()
  @NeedsBody()
  @FieldResolver(() => SearchMatchType, {
    nullable: true,
    description: 'Where the search matches; null without search.',
  })
  match(
    @Root() edge: ReleaseEdge,
    @Ctx() context: RequestContext,
  ): MaybePromise<SearchMatchType | null> {
    const { finder } = edge;
    if (!finder) return null;
    return mapMaybe(edge.localized(), (root) => {
      return root && new Marking(root, finder, this.sessions.of(context), context).match();
    });
  }
}

/** One field of the release, with the terms of the search in it. */
interface MarkedField {
  readonly text: Omit<LocalizedText, 'isFallback' | 'lang' | 'dir'>;
  readonly ranges: readonly TextRange[];
}

/** The search in one localized release. */
class Marking {
  constructor(
    private readonly root: LocalizedReleaseType,
    private readonly finder: MatchFinder,
    private readonly session: ReadingSession,
    private readonly context: RequestContext,
  ) {}

  match(): MaybePromise<SearchMatchType> {
    return mapMaybe(this.title(), (title) => {
      return mapMaybe(this.summary(), (summary): MaybePromise<SearchMatchType> => {
        if (summary && summary.ranges.length > 0) return this.matchIn(title, summary);
        return mapMaybe(this.body(), (body) => {
          return this.matchIn(title, body.ranges.length > 0 ? body : (summary ?? body));
        });
      });
    });
  }

  private matchIn(title: readonly TextRange[], { text, ranges }: MarkedField): SearchMatchType {
    const snippet = snippetOf(text.value, ranges);
    return { title, snippet: this.localized(text, snippet), snippetRanges: snippet.ranges };
  }

  private title(): MaybePromise<readonly TextRange[]> {
    const { locale, record } = this.root;
    return mapMaybe(this.session.text(record.id, locale), ({ title }) => {
      return this.finder.rangesIn(title, locale);
    });
  }

  private summary(): MaybePromise<MarkedField | null> {
    const locale = this.localeOf(this.root.record.facts.withSummary);
    if (locale === null) return null;
    return mapMaybe(this.session.text(this.root.record.id, locale), ({ fields }) => {
      if (!fields.summary) return null;
      const { plainText: value, origin, freshness } = fields.summary;
      const ranges = this.finder.rangesIn(value, locale);
      return { text: { value, locale, origin, freshness }, ranges };
    });
  }

  /** A release without a body has an empty one, in the locale of its title. */
  private body(): MaybePromise<MarkedField> {
    const locale = this.localeOf(this.root.record.facts.withBody) ?? this.root.locale;
    return mapMaybe(this.session.text(this.root.record.id, locale), ({ content, fields }) => {
      const { origin, freshness } = fields.body;
      const value = renderBlocks(content.blocks).plainText;
      const ranges = this.finder.rangesIn(value, locale);
      return { text: { value, locale, origin, freshness }, ranges };
    });
  }

  /** The locale of a field: that of the release, or under FIELD each field's own; null if there is none. */
  private localeOf(having: LocaleMask): Locale | null {
    const { record, locale, reader, terms } = this.root;
    if (reader.coherence !== 'FIELD') return locale;
    return fieldLocale(record.facts, having, reader, terms, this.context.localeOrder);
  }

  private localized(text: MarkedField['text'], { value }: Snippet): LocalizedText {
    const { record, reader, terms } = this.root;
    const lang = TAG_OF[text.locale];
    this.context.served(lang);
    const fallback = isFallback(text.locale, record.original, reader, terms);
    return { ...text, value, lang, dir: 'LTR', isFallback: fallback };
  }
}
