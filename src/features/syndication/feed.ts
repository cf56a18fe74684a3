import type { Locale } from '../../kernel/locale.js';
import type { Freshness, TextOrigin } from '../../kernel/release.js';

export const FEED_FORMATS = ['atom', 'rss', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/**
 * Identifies a feed: the releases published in one language; or all releases, as an audience gets them in that
 * language.
 */
export interface FeedAddress {
  readonly locale: Locale;
  /** ISO 3166-1 alpha-2 code of a member state. */
  readonly audience: string | null;
}

/** A feed before it is serialized in one of the formats. */
export interface Feed {
  readonly address: FeedAddress;
  /** A URN, the same in all formats. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  /** The site of the releases. */
  readonly home: string;
  /** The newest time of its entries; null for a feed without entries. */
  readonly updated: Date | null;
  readonly entries: readonly FeedEntry[];
  /** The address of each feed, by language and format. */
  readonly urlOf: (locale: Locale, format: FeedFormat) => string;
}

export interface FeedEntry {
  /** A URN of the release and the feed: a correction has the same URN. */
  readonly id: string;
  /** The locale of all texts of the entry. */
  readonly locale: Locale;
  readonly isFallback: boolean;
  readonly freshness: Freshness;
  readonly origin: TextOrigin;
  readonly reference: string;
  readonly url: string;
  /** Plain text, like the summary. */
  readonly title: string;
  readonly summary: string;
  /** Sanitized. */
  readonly html: string;
  readonly published: Date;
  /** The time of the edition that last changed the text for this reader. */
  readonly updated: Date;
  readonly topics: readonly FeedTopic[];
  /** What corrections changed, in the locale of the entry; newest first. */
  readonly corrections: readonly FeedCorrection[];
  /** The other locales in which the release is published. */
  readonly alternates: readonly { readonly locale: Locale; readonly url: string }[];
}

export interface FeedCorrection {
  readonly at: Date;
  /** Plain text. */
  readonly note: string;
}

export interface FeedTopic {
  readonly slug: string;
  readonly name: string;
  /** BCP 47; differs from the entry's tag if the topic has no name in that language. */
  readonly tag: string;
}

/** Metadata that no format has an element for: the origin of a text, and how reliable it is. */
export const PROVENANCE_NAMESPACE = 'tag:oas.org,2026:release-gateway/provenance';
