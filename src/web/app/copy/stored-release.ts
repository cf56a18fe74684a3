import type { Locale } from '../../../kernel/locale.js';
import { releaseCode } from '../../../kernel/reference-code.js';
import { searchVector, type WeightedText } from '../../../kernel/search/index.js';
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

/** The same search index as the server has of this text: see src/features/publication. */
export function vectorOf(copy: number, localized: AppReleaseFragment): StoredVector {
  const { id, title, summary, body, release } = localized;
  const parts: WeightedText[] = [
    { text: title.value, weight: 'A', codes: releaseCode(release.number, title.locale) },
    { text: summary?.value ?? '', weight: 'B' },
    { text: body.plainText, weight: 'C' },
  ];
  return { copy, id, locale: title.locale, vector: searchVector(parts, title.locale) };
}

/** The text stays; what is public of the other languages has changed. */
export function withMetadata(
  { copy, localized }: StoredRelease,
  { release, resolution }: MetadataChange,
): StoredRelease {
  return storedRelease(copy, { ...localized, release, resolution });
}
