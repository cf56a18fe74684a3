import { regionName } from '../../kernel/display-name.js';
import { type Locale, LOCALES, TAG_OF } from '../../kernel/locale.js';
import type { Reader } from '../../kernel/localization.js';
import type { Site } from '../../platform/http/site-address.js';
import type { Messages } from '../../platform/i18n/messages.js';
import { nameUuid } from '../../platform/name-uuid.js';
import type { ReferenceCache } from '../audience/index.js';
import { type ReadingContext, ReadingSession, servedLocale } from '../reading/index.js';
import type { Feed, FeedAddress, FeedEntry, FeedFormat } from './feed.js';
import { feedEntry, feedName } from './feed-entry.js';
import { newestReleases, type NewestRelease } from './feed.repository.js';

/** The number of releases in a feed. */
export const FEED_LENGTH = 50;

/** The texts of a feed about itself. */
interface FeedTexts {
  readonly title: string;
  readonly description: string;
  readonly author: string;
}

/** The texts of a feed and of its entries. */
interface FeedWording extends FeedTexts {
  /** A note on a correction, with its label. */
  readonly correctionText: (note: string, locale: Locale) => string;
}

export function feedWording(messages: Messages, address: FeedAddress): FeedWording {
  const correctionText = (note: string, locale: Locale) =>
    messages.text(locale, 'app:feed.correction', { note });
  return { ...feedTexts(messages, address), correctionText };
}

function feedTexts(messages: Messages, { locale, audience }: FeedAddress): FeedTexts {
  const author = messages.text(locale, 'app:organization');
  if (audience === null) {
    const title = messages.text(locale, 'app:feed.title');
    return { title, description: messages.text(locale, 'app:feed.description'), author };
  }
  const state = regionName(audience, [TAG_OF[locale]], locale).value;
  return {
    title: messages.text(locale, 'app:feed.titleFor', { state }),
    description: messages.text(locale, 'app:feed.descriptionFor', { state }),
    author,
  };
}

/** A path below the root of the gateway. */
export function feedPath(address: FeedAddress, format: FeedFormat): string {
  return `/feeds/${feedName(address)}.${format}`;
}

/** The reader of a feed: for a language without an audience, only texts published in that language. */
function readerOf({ locale, audience }: FeedAddress): Reader {
  const coherence = audience === null ? 'STRICT' : 'RELEASE';
  return { requested: [TAG_OF[locale]], audience, coherence };
}

interface FeedOptions {
  readonly address: FeedAddress;
  readonly wording: FeedWording;
  /** Identifies this collection of releases, wherever it is served from. */
  readonly databaseId: string;
}

/**
 * Composes the feed from one snapshot, with three statements and the reference data.
 *
 * @throws AppError COUNTRY_UNKNOWN
 */
export async function composeFeed(
  context: ReadingContext,
  cache: ReferenceCache,
  { address, wording, databaseId }: FeedOptions,
  site: Site,
): Promise<Feed> {
  const reader = readerOf(address);
  const session = ReadingSession.alone(context, cache);
  const reference = await session.reference();
  const served = servedLocale(reader, reference, context.localeOrder, context.today);
  const locales = address.audience === null ? [address.locale] : LOCALES;
  const newest = await newestReleases(context.reads, served, locales, FEED_LENGTH);
  const { correctionText, ...texts } = wording;
  const parts = { address, reference, localeOrder: context.localeOrder, site, correctionText };
  const shown = await Promise.all(newest.map((found) => localized(session, found, reader)));
  const entries = shown.flatMap((found) => (found ? [feedEntry(found, parts)] : []));
  return {
    address,
    id: `urn:uuid:${nameUuid(databaseId, feedName(address))}`,
    ...texts,
    home: site.home(address.locale),
    updated: lastUpdate(entries),
    entries,
    urlOf: (locale, format) => site.own(feedPath({ ...address, locale }, format)),
  };
}

async function localized(
  session: ReadingSession,
  { record, changedAt }: NewestRelease,
  reader: Reader,
) {
  const { resolution } = await session.localize(record, reader);
  const { locale } = resolution;
  if (locale === null) return null;
  const text = await session.text(record.id, locale);
  // In a feed of one language, an entry changes with its text; for an audience, also with its language.
  const updated = reader.audience === null ? await session.modifiedAt(record, locale) : changedAt;
  return { record, decision: { ...resolution, locale }, text, changedAt: updated };
}

/** Entries are in commit order, which may differ slightly from the order of their times. */
function lastUpdate(entries: readonly FeedEntry[]): Date | null {
  if (entries.length === 0) return null;
  return new Date(Math.max(...entries.map(({ updated }) => updated.getTime())));
}

/** The languages that a feed has texts in. */
export function languagesIn({ address, entries }: Feed): string[] {
  const locales = new Set<Locale>([address.locale, ...entries.map(({ locale }) => locale)]);
  return [...locales].map((locale) => TAG_OF[locale]).sort();
}
