import type { Locale } from '../../kernel/locale.js';
import type { Freshness, TextOrigin } from '../../kernel/release.js';

export const FEED_FORMATS = ['atom', 'rss', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

/** Which feed: in one language, of what is published in it; or of all, as an audience gets it in that language. */
export interface FeedAddress {
  readonly locale: Locale;
  /** ISO 3166-1 alpha-2 code of a member state. */
  readonly audience: string | null;
}

/** A feed before it is written in one of the formats. */
export interface Feed {
  readonly address: FeedAddress;
  /** A URN, the same in all formats. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  /** The site of the releases. */
  readonly home: string;
  /** The newest of its entries' times; null for a feed without entries. */
  readonly updated: Date | null;
  readonly entries: readonly FeedEntry[];
  /** Where each feed in each language and format is. */
  readonly urlOf: (locale: Locale, format: FeedFormat) => string;
}

export interface FeedEntry {
  /** A URN of the release and the feed: a correction has the same one. */
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
  /** The time of the edition in which this reader was last given another text. */
  readonly updated: Date;
  readonly topics: readonly FeedTopic[];
  /** The other locales in which the release is really published. */
  readonly alternates: readonly { readonly locale: Locale; readonly url: string }[];
}

export interface FeedTopic {
  readonly slug: string;
  readonly name: string;
  /** BCP 47; another one than the entry's where the topic has no name in it. */
  readonly tag: string;
}

/** Marks that no format has an element for: what a text comes from, and how sure its reader may be of it. */
export const PROVENANCE_NAMESPACE = 'tag:oas.org,2026:release-gateway/provenance';
