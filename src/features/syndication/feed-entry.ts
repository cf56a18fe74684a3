import { storedName } from '../../kernel/display-name.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import type { Resolution } from '../../kernel/localization.js';
import { releaseCode } from '../../kernel/reference-code.js';
import { escapeInline, renderBlocks, renderInline } from '../../kernel/rich-text/index.js';
import type { Site } from '../../platform/http/site-address.js';
import { nameUuid } from '../../platform/name-uuid.js';
import type { ReferenceData } from '../audience/index.js';
import { leastReviewed } from '../publication/index.js';
import { excerptOf, type ReleaseRecord, type TextRecord } from '../reading/index.js';
import type { FeedAddress, FeedCorrection, FeedEntry, FeedTopic } from './feed.js';

const SUMMARY_LENGTH = 500;

export interface EntrySource {
  readonly record: ReleaseRecord;
  readonly decision: Resolution & { readonly locale: Locale };
  readonly text: TextRecord;
  readonly changedAt: Date;
}

/** The values that all entries of a feed share. */
export interface EntryContext {
  readonly address: FeedAddress;
  readonly reference: ReferenceData;
  readonly localeOrder: readonly Locale[];
  readonly site: Site;
  /** A note with its label. */
  readonly correctionText: (note: string, locale: Locale) => string;
}

export function feedEntry(parts: EntrySource, context: EntryContext): FeedEntry {
  const { record, decision, text, changedAt } = parts;
  const { locale } = decision;
  const { title, summary, blocks } = text.content;
  const body = renderBlocks(blocks);
  const own = record.locales.find((entry) => entry.locale === locale);
  const corrections = correctionsOf(text);
  const lead = summary
    ? renderInline(summary.text).plainText
    : body.plainText.replace(/[\r\n\t ]+/g, ' ');
  return {
    id: `urn:uuid:${nameUuid(record.id, feedName(context.address))}`,
    locale,
    isFallback: decision.isFallback,
    freshness: own?.freshness ?? 'CURRENT',
    origin: leastReviewed([title, ...blocks].map(({ origin }) => origin)) ?? title.origin,
    reference: releaseCode(record.number, locale),
    url: context.site.release(locale, text.slug),
    title: text.title,
    summary: excerptOf(lead, SUMMARY_LENGTH),
    html: `${body.html}${correctionsHtml(corrections, locale, context)}`,
    published: publishedAt(parts, context),
    updated: changedAt,
    topics: topicsOf(record, locale, context),
    corrections,
    alternates: record.locales.flatMap(({ locale: other, slug }) => {
      if (other === locale || slug === null) return [];
      return [{ locale: other, url: context.site.release(other, slug) }];
    }),
  };
}

/** Without those that have no note in the language of the text: an entry is in one language. */
function correctionsOf({ locale, content }: TextRecord): FeedCorrection[] {
  return (content.corrections ?? []).flatMap(({ at, notes }) => {
    const note = notes[locale];
    return note === undefined ? [] : [{ at: new Date(at), note }];
  });
}

function correctionsHtml(
  corrections: readonly FeedCorrection[],
  locale: Locale,
  { correctionText }: EntryContext,
): string {
  return corrections
    .map(({ note }) => {
      const line = correctionText(note, locale).replace(/\s*[\r\n]+\s*/g, ' ');
      return `\n<p><em>${renderInline(escapeInline(line)).html}</em></p>`;
    })
    .join('');
}

/** `fr` or `fr/HT`: together with a release's id, it identifies an entry. */
export function feedName({ locale, audience }: FeedAddress): string {
  return audience === null ? TAG_OF[locale] : `${TAG_OF[locale]}/${audience}`;
}

/** For an audience, the first publication in any language; for a language, the first edition in that language. */
function publishedAt({ record, decision }: EntrySource, { address }: EntryContext): Date {
  if (address.audience !== null) return record.publishedAt;
  const own = record.locales.find(({ locale }) => locale === decision.locale);
  return own?.publishedAt ? new Date(own.publishedAt) : record.publishedAt;
}

function topicsOf(
  { topicIds }: ReleaseRecord,
  locale: Locale,
  { reference, localeOrder }: EntryContext,
): FeedTopic[] {
  return topicIds.flatMap((id) => {
    const topic = reference.findTopic(id);
    if (!topic) return [];
    const name = storedName(topic.names, [TAG_OF[locale]], localeOrder);
    // A topic without a name has only its slug, which is in no language.
    return [{ slug: topic.slug, name: name?.value ?? topic.slug, tag: name?.tag ?? 'zxx' }];
  });
}
