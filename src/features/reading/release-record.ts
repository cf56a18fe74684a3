import { translationStatus } from '../../kernel/availability.js';
import { inMask, type Locale, LOCALES } from '../../kernel/locale.js';
import { localeOfNumber, type PublishedLocales } from '../../kernel/localization.js';
import { type Freshness, RELEASE_TYPES, type ReleaseType } from '../../kernel/release.js';

/** What the public may know of one locale that is, or was, out. */
export interface PublicLocale {
  readonly locale: Locale;
  /** null where it was retracted. */
  readonly freshness: Freshness | null;
  readonly slug: string | null;
  /** When it first came out, ISO 8601. */
  readonly publishedAt: string | null;
}

/** A row of `published.release`, as the database has put it together; see migrations/0008-lean-reads. */
export interface ReleaseRow {
  record: {
    id: string;
    number: string;
    type: number;
    date: string;
    original: number;
    edition: number;
    /** ISO 8601. */
    publishedAt: string;
    published: number;
    withSummary: number;
    withBody: number;
    stale: number;
    retracted: number;
    audiences: string[];
    mentions: string[];
    topics: string[];
    locales: PublicLocale[];
  };
}

export const RELEASE_COLUMNS = 'r.record';

/** A public release without any language. */
export interface ReleaseRecord {
  readonly id: string;
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly original: Locale;
  readonly edition: number;
  readonly publishedAt: Date;
  readonly facts: PublishedLocales;
  readonly audiences: readonly string[];
  readonly mentions: readonly string[];
  readonly topicIds: readonly string[];
  readonly locales: readonly PublicLocale[];
}

export function releaseRecord({ record: row }: ReleaseRow): ReleaseRecord {
  const original = known(localeOfNumber(row.original));
  const { published, withSummary, withBody, stale, retracted } = row;
  return {
    id: row.id,
    number: row.number,
    type: known(RELEASE_TYPES[row.type - 1]),
    date: row.date,
    original,
    edition: row.edition,
    publishedAt: new Date(row.publishedAt),
    facts: { original, published, withSummary, withBody, stale, retracted },
    audiences: row.audiences,
    mentions: row.mentions,
    topicIds: row.topics,
    locales: row.locales,
  };
}

function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value that the tables rule out');
  return value;
}

export interface LocaleStatus {
  readonly locale: Locale;
  readonly status: ReturnType<typeof translationStatus>;
  readonly isOriginal: boolean;
  readonly freshness: Freshness | null;
  readonly publishedAt: Date | null;
}

/** All four locales, whatever is known of them. */
export function localeStatuses({ facts, locales }: ReleaseRecord): LocaleStatus[] {
  return LOCALES.map((locale) => {
    const entry = locales.find((candidate) => candidate.locale === locale);
    return {
      locale,
      status: translationStatus(locale, facts.published, facts.retracted),
      isOriginal: locale === facts.original,
      freshness: inMask(facts.published, locale) ? (entry?.freshness ?? null) : null,
      publishedAt: entry?.publishedAt ? new Date(entry.publishedAt) : null,
    };
  });
}
