import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';

import { dateText, regionalTag } from '../../kernel/display-name.js';
import { AppError } from '../../kernel/errors.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import { fieldLocale, isFallback } from '../../kernel/localization.js';
import { renderBlock, renderBlocks, renderInline } from '../../kernel/rich-text/index.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { PublishedText } from '../publication/index.js';
import { excerptOf } from './excerpt.js';
import { leastReviewed } from './origin.policy.js';
import { LocalizedRichText, LocalizedText } from './localized.types.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import { LocalizedReleaseType } from './release.types.js';

const EXCERPT = { shortest: 20, longest: 2000, standard: 280 };

@Resolver(() => LocalizedReleaseType)
export class LocalizedReleaseResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @FieldResolver(() => String, {
    description: 'Begins with the number, so that it is unique by itself: 305-12-…',
  })
  slug(@Root() { record, decision }: LocalizedReleaseType): string {
    const entry = record.locales.find(({ locale }) => locale === decision.locale);
    if (!entry?.slug) throw new Error('a locale that is served has an address');
    return entry.slug;
  }

  @FieldResolver(() => String, {
    description: 'The release date written out in the locale and region asked for.',
  })
  async dateText(
    @Root() { record, reader, decision }: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    const reference = await this.sessions.of(context).reference();
    const state = reader.audience === null ? null : reference.findState(reader.audience);
    const tag = regionalTag(decision.locale, reader.requested, state?.tags ?? []);
    return dateText(record.date, tag);
  }

  @FieldResolver(() => LocalizedText)
  async title(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<LocalizedText> {
    const view = new View(root, this.sessions.of(context), context);
    const { locale } = root.decision;
    const text = await view.content(locale);
    return view.localized(locale, text.title, renderInline(text.title.text).plainText);
  }

  @FieldResolver(() => LocalizedText, {
    nullable: true,
    description: 'As written; null where the release has none.',
  })
  async summary(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<LocalizedText | null> {
    return new View(root, this.sessions.of(context), context).summary();
  }

  @FieldResolver(() => LocalizedText, {
    description:
      'For lists and notifications: the summary, or else the beginning of the body, as plain text, cut between words. maxLength: 20 to 2000 characters, the ellipsis included.',
  })
  async excerpt(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
    @Arg('maxLength', () => Int, { nullable: true, defaultValue: EXCERPT.standard })
    maxLength: number | null,
  ): Promise<LocalizedText> {
    const length = maxLength ?? EXCERPT.standard;
    const { shortest: min, longest: max } = EXCERPT;
    if (length < min || length > max)
      throw new AppError('EXCERPT_LENGTH_OUT_OF_RANGE', { min, max });
    const view = new View(root, this.sessions.of(context), context);
    const summary = await view.summary();
    if (summary) return { ...summary, value: excerptOf(summary.value, length) };
    const body = await view.body();
    const { value, locale, freshness, origin } = { ...body, value: body.plainText };
    const excerpt = excerptOf(value.replace(/[\r\n\t ]+/g, ' '), length);
    return view.localized(locale, { text: value, origin, freshness }, excerpt);
  }

  @FieldResolver(() => LocalizedRichText)
  async body(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<LocalizedRichText> {
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

  async content(locale: Locale) {
    const text = await this.session.text.load({ releaseId: this.root.record.id, locale });
    return text.content;
  }

  localized(locale: Locale, text: PublishedText, value: string): LocalizedText {
    return { value, ...this.provenance(locale), origin: text.origin, freshness: text.freshness };
  }

  async summary(): Promise<LocalizedText | null> {
    const locale = this.localeOf('withSummary');
    if (locale === null) return null;
    const { summary } = await this.content(locale);
    if (!summary) return null;
    return this.localized(locale, summary, renderInline(summary.text).plainText);
  }

  /** A release without a body is served with an empty one, in the locale of its title. */
  async body(): Promise<LocalizedRichText> {
    const locale = this.localeOf('withBody') ?? this.root.decision.locale;
    const { title, blocks, bodyFreshness } = await this.content(locale);
    const provenance = this.provenance(locale);
    const { lang } = provenance;
    const origins = new Set(blocks.map(({ origin }) => origin));
    return {
      ...renderBlocks(blocks),
      ...provenance,
      blocks: blocks.map((block) => {
        const { key, kind, freshness } = block;
        return { key, kind, ...renderBlock(block), locale, lang, freshness };
      }),
      origin: leastReviewed(origins) ?? title.origin,
      freshness: bodyFreshness,
    };
  }

  /** The locale of a field: that of the release, but under FIELD each field's own; null for none. */
  private localeOf(field: 'withSummary' | 'withBody'): Locale | null {
    const { record, decision, reader, terms } = this.root;
    if (reader.coherence !== 'FIELD') return decision.locale;
    const { facts } = record;
    return fieldLocale(facts, facts[field], reader, terms, this.context.localeOrder);
  }

  private provenance(locale: Locale) {
    const { record, reader } = this.root;
    const lang = TAG_OF[locale];
    this.context.served(lang);
    // Under FIELD each field has its own answer: one taken from elsewhere may be a fallback where the title is none.
    const fallback = isFallback(locale, record.original, reader, this.root.terms);
    return { locale, lang, dir: 'LTR' as const, isFallback: fallback };
  }
}
