import { translationStatus } from '../../kernel/availability.js';
import { inMask, type Locale, LOCALES } from '../../kernel/locale.js';
import { localeOfNumber, type PublishedLocales } from '../../kernel/localization.js';
import { type Freshness, RELEASE_TYPES, type ReleaseType } from '../../kernel/release.js';

/** The public metadata of one locale that is, or was, published. */
export interface PublicLocale {
  readonly locale: Locale;
  /** null if it is retracted. */
  readonly freshness: Freshness | null;
  readonly slug: string | null;
  /** When it was first published, ISO 8601. */
  readonly publishedAt: string | null;
  /**
   * When its words last changed for readers, ISO 8601; null if they have not changed since they were first published.
   * Absent in rows that were written before this was recorded.
   */
  readonly modifiedAt?: string | null;
  /** `YYYY-MM-DD` if only the day is known; `publishedAt` is its start in Washington, D.C. */
  readonly publishedOn?: string;
  /** Whether it was published elsewhere before it was imported. */
  readonly isImported?: boolean;
}

/** A row of `published.release` in the form that the database returns; see migrations/0010-lean-records. */
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
    /** JSON of {@link PublicLocale}s. */
    locales: string;
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

export function releaseRecord({ record }: ReleaseRow): ReleaseRecord {
  return new StoredRelease(record);
}

/** Parses rarely selected fields only when they are read. */
class StoredRelease implements ReleaseRecord {
  readonly id: string;
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly original: Locale;
  readonly facts: PublishedLocales;
  private parsed: readonly PublicLocale[] | null = null;

  constructor(private readonly row: ReleaseRow['record']) {
    const { published, withSummary, withBody, stale, retracted } = row;
    const original = known(localeOfNumber(row.original));
    this.id = row.id;
    this.number = row.number;
    this.type = known(RELEASE_TYPES[row.type - 1]);
    this.date = row.date;
    this.original = original;
    this.facts = { original, published, withSummary, withBody, stale, retracted };
  }

  get edition(): number {
    return this.row.edition;
  }

  get publishedAt(): Date {
    return new Date(this.row.publishedAt);
  }

  get audiences(): readonly string[] {
    return this.row.audiences;
  }

  get mentions(): readonly string[] {
    return this.row.mentions;
  }

  get topicIds(): readonly string[] {
    return this.row.topics;
  }

  get locales(): readonly PublicLocale[] {
    return (this.parsed ??= JSON.parse(this.row.locales) as PublicLocale[]);
  }
}

function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value that the tables rule out');
  return value;
}

/** When a locale of a release was first published. */
export function publishedAt(record: ReleaseRecord, locale: Locale): Date {
  const own = record.locales.find((entry) => entry.locale === locale)?.publishedAt;
  return own ? new Date(own) : record.publishedAt;
}

export interface LocaleStatus {
  readonly locale: Locale;
  readonly status: ReturnType<typeof translationStatus>;
  readonly isOriginal: boolean;
  readonly freshness: Freshness | null;
  readonly publishedAt: Date | null;
}

/** All four locales, including those that were never published. */
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
