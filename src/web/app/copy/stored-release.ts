import type { Locale } from '../../../kernel/locale.js';
import { releaseVector } from '../../../kernel/search/index.js';
import type { AppPageFragment, AppReleaseFragment } from '../../generated/site.js';

export type Change = AppPageFragment['changes'][number];
export type MetadataChange = AppPageFragment['metadataChanges'][number];

/** A release as a page shows it. */
export interface StoredRelease {
  /** The id of the copy. */
  readonly copy: number;
  readonly id: string;
  /** The slugs of its addresses, each with the id of the copy before it. */
  readonly slugs: readonly string[];
  readonly localized: AppReleaseFragment;
}

/** What a list filters and sorts by. */
export interface Summary {
  readonly copy: number;
  readonly id: string;
  readonly number: string;
  readonly date: string;
  readonly type: string;
  readonly topics: readonly string[];
  readonly mentions: readonly string[];
}

/** The search index of the text. */
export interface StoredVector {
  readonly copy: number;
  readonly id: string;
  /** Of the text. */
  readonly locale: Locale;
  readonly vector: string;
}

/** The key of a slug in one copy. */
export function slugKey(copy: number, slug: string): string {
  return `${copy}/${slug}`;
}

export function storedRelease(copy: number, localized: AppReleaseFragment): StoredRelease {
  const others = localized.release.alternates.map(({ slug }) => slug);
  const slugs = [...new Set([localized.slug, ...others])].map((slug) => slugKey(copy, slug));
  return { copy, id: localized.id, slugs, localized };
}

export function summaryOf(copy: number, { id, release }: AppReleaseFragment): Summary {
  const { number, date, type } = release;
  const topics = release.topics.map(({ slug }) => slug);
  const mentions = release.mentions.map(({ code }) => code);
  return { copy, id, number, date, type, topics, mentions };
}

export function vectorOf(copy: number, localized: AppReleaseFragment): StoredVector {
  const { id, title, summary, body, release } = localized;
  const { locale } = title;
  const text = { title: title.value, summary: summary?.value ?? '', body: body.plainText };
  return { copy, id, locale, vector: releaseVector(text, release.number, locale) };
}

/** The text stays; what is public of the other languages has changed. */
export function withMetadata(
  { copy, localized }: StoredRelease,
  { release, resolution }: MetadataChange,
): StoredRelease {
  return storedRelease(copy, { ...localized, release, resolution });
}
