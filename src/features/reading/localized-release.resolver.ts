import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';

import { dateText, regionalTag } from '../../kernel/display-name.js';
import { AppError } from '../../kernel/errors.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import { fieldLocale, isFallback } from '../../kernel/localization.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { Freshness, TextOrigin } from '../../kernel/release.js';
import { renderBlock, renderBlocks, type RenderedBlocks } from '../../kernel/rich-text/index.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { NeedsBody } from '../../platform/graphql/execution/declared-needs.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { PublishedBlock, PublishedContent } from '../publication/index.js';
import { excerptOf } from './excerpt.js';
import { type LocalizedBlock, LocalizedRichText, LocalizedText } from './localized.types.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import { LocalizedReleaseType } from './release.types.js';
import type { TextSummary } from './text-record.js';

const EXCERPT_LENGTH = { min: 20, max: 2000, default: 280 };

@Resolver(() => LocalizedReleaseType)
export class LocalizedReleaseResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @FieldResolver(() => String, {
    description:
      'Last part of an address. It starts with the number, so that it is unique by itself: 305-12-…',
  })
  slug(@Root() { record, locale: served }: LocalizedReleaseType): string {
    const entry = record.locales.find(({ locale }) => locale === served);
    if (!entry?.slug) throw new Error('a locale that is served has an address');
    return entry.slug;
  }

  @Cacheable()
  @FieldResolver(() => String, {
    description:
      'Date of the release, written out in the language of resolution.locale and as its region writes it: September 10, 2012; 1er mai 2023, 1.º de mayo de 2023 (Spain: 1 de mayo), 1º de maio de 2023 (Portugal: 1 de maio). The region is that of the requested tag, else that of the audience.',
  })
  dateText(
    @Root() { record, reader, locale }: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<string> {
    return mapMaybe(this.sessions.of(context).reference(), (reference) => {
      const state = reader.audience === null ? null : reference.findState(reader.audience);
      const tag = regionalTag(locale, reader.requested, state?.tags ?? []);
      context.served(TAG_OF[locale]);
      return dateText(record.date, tag);
    });
  }

  @Cacheable()
  @FieldResolver(() => LocalizedText, { description: 'Title as plain text.' })
  title(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<LocalizedText> {
    return new View(root, this.sessions.of(context), context).title();
  }

  @Cacheable()
  @FieldResolver(() => LocalizedText, {
    nullable: true,
    description: 'Summary as written; null if the release has none.',
  })
  summary(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<LocalizedText | null> {
    return new View(root, this.sessions.of(context), context).summary();
  }

  @Cacheable()
  @FieldResolver(() => LocalizedText, {
    description:
      'For lists and notifications: the summary, or else the beginning of the body, as plain text, cut between words.',
  })
  excerpt(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
    @Arg('maxLength', () => Int, {
      nullable: true,
      defaultValue: EXCERPT_LENGTH.default,
      description: '20 to 2000 characters, the ellipsis included.',
    })
    maxLength: number | null,
  ): MaybePromise<LocalizedText> {
    const length = maxLength ?? EXCERPT_LENGTH.default;
    const { min, max } = EXCERPT_LENGTH;
    if (length < min || length > max)
      throw new AppError('EXCERPT_LENGTH_OUT_OF_RANGE', { min, max });
    const view = new View(root, this.sessions.of(context), context);
    return mapMaybe(view.summary(), (summary): MaybePromise<LocalizedText> => {
      if (!summary) return view.opening(length);
      return { ...summary, value: excerptOf(summary.value, length) };
    });
  }

  @NeedsBody()
  @Cacheable()
  @FieldResolver(() => LocalizedRichText, { description: 'Body in several renderings.' })
  body(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<LocalizedRichText> {
    return new View(root, this.sessions.of(context), context).body();
  }
}

/** One localized release while its fields are resolved. */
class View {
  constructor(
    private readonly root: LocalizedReleaseType,
    private readonly session: ReadingSession,
    private readonly context: RequestContext,
  ) {}

  title(): MaybePromise<LocalizedText> {
    const { locale } = this.root;
    return mapMaybe(this.summaryIn(locale), (text) => {
      return new Title(text, this.provenance(locale));
    });
  }

  summary(): MaybePromise<LocalizedText | null> {
    const locale = this.localeOf('withSummary');
    if (locale === null) return null;
    return mapMaybe(this.summaryIn(locale), ({ fields }) => {
      if (!fields.summary) return null;
      const { plainText: value, origin, freshness } = fields.summary;
      return { value, ...this.provenance(locale), origin, freshness };
    });
  }

  /** The beginning of the body, for a text without a summary. */
  opening(length: number): MaybePromise<LocalizedText> {
    const locale = this.bodyLocale();
    return mapMaybe(this.summaryIn(locale), ({ fields }) => {
      const { opening, origin, freshness } = fields.body;
      const value = excerptOf(opening ?? '', length);
      return { value, ...this.provenance(locale), origin, freshness };
    });
  }

  /** A release without a body is served with an empty one, in the locale of its title. */
  body(): MaybePromise<LocalizedRichText> {
    const locale = this.bodyLocale();
    return mapMaybe(this.session.text(this.root.record.id, locale), ({ content, fields }) => {
      const { origin, freshness } = fields.body;
      const { blocks } = content;
      const parts = { origin, freshness, blocks };
      return new RichText(formsOf(content), this.provenance(locale), parts);
    });
  }

  private summaryIn(locale: Locale) {
    return this.session.summary(this.root.record.id, locale);
  }

  private bodyLocale(): Locale {
    return this.localeOf('withBody') ?? this.root.locale;
  }

  /** The locale of a field: that of the release, or under FIELD each field's own; null if there is none. */
  private localeOf(field: 'withSummary' | 'withBody'): Locale | null {
    const { record, locale, reader, terms } = this.root;
    if (reader.coherence !== 'FIELD') return locale;
    const { facts } = record;
    return fieldLocale(facts, facts[field], reader, terms, this.context.localeOrder);
  }

  provenance(locale: Locale) {
    const { record, reader } = this.root;
    const lang = TAG_OF[locale];
    this.context.served(lang);
    // Under FIELD this is decided for each field: a field may be a fallback even if the title is not.
    const fallback = isFallback(locale, record.original, reader, this.root.terms);
    return { locale, lang, dir: 'LTR' as const, isFallback: fallback };
  }
}

/** A title; origin and freshness are only parsed if they are selected. */
class Title implements LocalizedText {
  readonly value: string;
  readonly locale: Locale;
  readonly lang: string;
  readonly dir: 'LTR';
  readonly isFallback: boolean;

  constructor(
    private readonly text: TextSummary,
    { locale, lang, dir, isFallback: fallback }: ReturnType<View['provenance']>,
  ) {
    this.value = text.title;
    this.locale = locale;
    this.lang = lang;
    this.dir = dir;
    this.isFallback = fallback;
  }

  get origin(): TextOrigin {
    return this.text.fields.title.origin;
  }

  get freshness(): Freshness {
    return this.text.fields.title.freshness;
  }
}

/** Rendered forms of texts, for as long as the text itself is cached. */
const forms = new WeakMap<PublishedContent, RenderedBlocks>();

function formsOf(content: PublishedContent): RenderedBlocks {
  let rendered = forms.get(content);
  if (!rendered) forms.set(content, (rendered = renderBlocks(content.blocks)));
  return rendered;
}

interface BodyDetails {
  readonly origin: TextOrigin;
  readonly freshness: Freshness;
  readonly blocks: readonly PublishedBlock[];
}

/** A body whose forms are rendered only when they are selected. */
class RichText implements LocalizedRichText {
  readonly locale: Locale;
  readonly lang: string;
  readonly dir: 'LTR';
  readonly isFallback: boolean;
  readonly origin: TextOrigin;
  readonly freshness: Freshness;

  constructor(
    private readonly forms: RenderedBlocks,
    { locale, lang, dir, isFallback: fallback }: ReturnType<View['provenance']>,
    private readonly parts: BodyDetails,
  ) {
    this.locale = locale;
    this.lang = lang;
    this.dir = dir;
    this.isFallback = fallback;
    this.origin = parts.origin;
    this.freshness = parts.freshness;
  }

  get html(): string {
    return this.forms.html;
  }

  get markdown(): string {
    return this.forms.markdown;
  }

  get plainText(): string {
    return this.forms.plainText;
  }

  get blocks(): LocalizedBlock[] {
    const { locale, lang } = this;
    return this.parts.blocks.map((block) => {
      const { key, kind, freshness } = block;
      return { key, kind, ...renderBlock(block), locale, lang, freshness };
    });
  }
}
