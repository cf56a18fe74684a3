import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { TAG_OF } from '../../kernel/locale.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import {
  type MatchFinder,
  type Snippet,
  SNIPPET_LENGTH,
  snippetOf,
  type TextRange,
} from '../../kernel/search/index.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { NeedsText } from '../../platform/graphql/execution/declared-needs.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { bodyForms } from './body-forms.js';
import { ReleaseEdge } from './list.types.js';
import type { LocalizedText } from './localized.types.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import type { LocalizedReleaseType } from './release.types.js';
import { SearchMatchType } from './search-match.types.js';

@Resolver(() => ReleaseEdge)
export class SearchMatchResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @Cacheable()
  @NeedsText('BODY')
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
  readonly text: Omit<LocalizedText, 'lang' | 'dir'>;
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
    const { record, fields } = this.root;
    const { locale } = fields.title;
    return mapMaybe(this.session.text(record.id, locale), ({ title }) => {
      return this.finder.rangesIn(title, locale);
    });
  }

  private summary(): MaybePromise<MarkedField | null> {
    const { record, fields } = this.root;
    const { summary } = fields;
    if (!summary) return null;
    return mapMaybe(this.session.text(record.id, summary.locale), (text) => {
      if (!text.fields.summary) return null;
      const { plainText: value, origin, freshness } = text.fields.summary;
      const ranges = this.finder.rangesIn(value, summary.locale);
      return { text: { value, ...summary, origin, freshness }, ranges };
    });
  }

  private body(): MaybePromise<MarkedField> {
    const { record, fields } = this.root;
    const { body } = fields;
    return mapMaybe(this.session.text(record.id, body.locale), (text) => {
      const { origin, freshness } = text.fields.body;
      const value = bodyForms(text.content).plainText;
      const ranges = this.finder.firstRangesIn(value, body.locale, SNIPPET_LENGTH);
      return { text: { value, ...body, origin, freshness }, ranges };
    });
  }

  private localized(text: MarkedField['text'], { value }: Snippet): LocalizedText {
    const lang = TAG_OF[text.locale];
    this.context.served(lang);
    return { ...text, value, lang, dir: 'LTR' };
  }
}
