import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';

import { dateText, regionalTag } from '../../kernel/display-name.js';
import { AppError } from '../../kernel/errors.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import type { LocalizedField, LocalizedFields } from '../../kernel/localization.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { Freshness, TextOrigin } from '../../kernel/release.js';
import { renderBlock } from '../../kernel/rich-text/index.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { NeedsText } from '../../platform/graphql/execution/declared-needs.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { bodyForms } from './body-forms.js';
import { excerptOf } from '../../kernel/excerpt.js';
import { type LocalizedBlock, LocalizedRichText, LocalizedText } from './localized.types.js';
import type { ReadingSessions } from './reading-session.js';
import { LocalizedReleaseType } from './release.types.js';
import { hasExtent, type TextRecord, type TextTitle } from './text-record.js';

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
    @Root() { session, record, fields: { title } }: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<LocalizedText> {
    context.served(TAG_OF[title.locale]);
    return mapMaybe(session.title(record.id, title.locale), (text) => {
      return new FieldText(text.title, title, text, 'title');
    });
  }

  @Cacheable()
  @NeedsText('SUMMARY')
  @FieldResolver(() => LocalizedText, {
    nullable: true,
    description: 'Summary as written; null if the release has none.',
  })
  summary(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<LocalizedText | null> {
    return summaryOf(root, context);
  }

  @Cacheable()
  @NeedsText('SUMMARY')
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
    const cut = (text: FieldText) => text.with(excerptOf(text.value, length));
    return mapMaybe(summaryOf(root, context), (summary): MaybePromise<LocalizedText> => {
      return summary ? cut(summary) : mapMaybe(openingOf(root, context), cut);
    });
  }

  @Cacheable()
  @NeedsText('BODY')
  @FieldResolver(() => LocalizedRichText, { description: 'Body in several renderings.' })
  body(
    @Root() { session, record, fields: { body } }: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<LocalizedRichText> {
    context.served(TAG_OF[body.locale]);
    return mapMaybe(session.text(record.id, body.locale), (text) => new RichText(body, text));
  }
}

function summaryOf(
  { session, record, fields: { summary } }: LocalizedReleaseType,
  context: RequestContext,
): MaybePromise<FieldText | null> {
  if (!summary) return null;
  return mapMaybe(session.summary(record.id, summary.locale), (text) => {
    if (!text.fields.summary) return null;
    context.served(TAG_OF[summary.locale]);
    return new FieldText(text.fields.summary.plainText, summary, text, 'summary');
  });
}

/** The beginning of the body, for a text without a summary. */
function openingOf(
  { session, record, fields: { body } }: LocalizedReleaseType,
  context: RequestContext,
): MaybePromise<FieldText> {
  context.served(TAG_OF[body.locale]);
  return mapMaybe(session.summary(record.id, body.locale), (text) => {
    return new FieldText(text.fields.body.opening ?? '', body, text, 'body');
  });
}

/** Where a text comes from, as the fields of `Provenance`; a page has hundreds, so nothing is copied. */
abstract class Provenance {
  constructor(private readonly field: LocalizedField) {}

  get locale(): Locale {
    return this.field.locale;
  }

  get lang(): string {
    return TAG_OF[this.field.locale];
  }

  get dir(): 'LTR' {
    return 'LTR';
  }

  get isFallback(): boolean {
    return this.field.isFallback;
  }
}

/** One field of a text; its origin and freshness are only parsed if they are selected. */
class FieldText extends Provenance implements LocalizedText {
  constructor(
    readonly value: string,
    private readonly decided: LocalizedField,
    private readonly text: TextTitle,
    private readonly name: keyof LocalizedFields,
  ) {
    super(decided);
  }

  get origin(): TextOrigin {
    return this.source.origin;
  }

  get freshness(): Freshness {
    return this.source.freshness;
  }

  /** The same field with another value. */
  with(value: string): FieldText {
    return new FieldText(value, this.decided, this.text, this.name);
  }

  private get source() {
    const source = hasExtent(this.text, 'SUMMARY') ? this.text.fields[this.name] : null;
    if (!source) throw new Error(`the ${this.name} was read without its origin`);
    return source;
  }
}

/** A body whose forms are rendered only when they are selected. */
class RichText extends Provenance implements LocalizedRichText {
  constructor(
    field: LocalizedField,
    private readonly text: TextRecord,
  ) {
    super(field);
  }

  get origin(): TextOrigin {
    return this.text.fields.body.origin;
  }

  get freshness(): Freshness {
    return this.text.fields.body.freshness;
  }

  get html(): string {
    return bodyForms(this.text.content).html;
  }

  get markdown(): string {
    return bodyForms(this.text.content).markdown;
  }

  get plainText(): string {
    return bodyForms(this.text.content).plainText;
  }

  get blocks(): LocalizedBlock[] {
    const { locale, lang } = this;
    return this.text.content.blocks.map((block) => {
      const { key, kind, freshness } = block;
      return { key, kind, ...renderBlock(block), locale, lang, freshness };
    });
  }
}
