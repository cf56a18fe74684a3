import type { ChainStep, Locale, LocaleMask } from './locale.js';

export const COHERENCES = ['RELEASE', 'FIELD', 'STRICT'] as const;
export type Coherence = (typeof COHERENCES)[number];

export const LOCALE_RULES = ['REQUESTED', 'AUDIENCE', 'ORIGINAL', 'DEFAULT'] as const;
export type LocaleRule = (typeof LOCALE_RULES)[number];

export const LOCALE_OUTCOMES = [
  'SERVED',
  'NOT_PUBLISHED',
  'INCOMPLETE',
  'STALE_WITHHELD',
  'RETRACTED',
  'NOT_TRIED',
] as const;
export type LocaleOutcome = (typeof LOCALE_OUTCOMES)[number];

/** The request of a reader, the same for every release of a response. */
export interface Reader {
  /** Canonical BCP 47 tags in order of preference, each once; may be empty. */
  readonly requested: readonly string[];
  /** ISO 3166-1 alpha-2 code of a member state, or null; see `audienceServed`. */
  readonly audience: string | null;
  readonly coherence: Coherence;
  /**
   * Languages that the reader does not accept (a weight of 0, RFC 9110 §12.4.2), in the order of LOCALES. They come
   * last, count as a fallback, and are not served under STRICT. Absent if there are none, so that equal readers have
   * equal objects.
   */
  readonly refused?: readonly Locale[];
}

/** Omits the member if nothing was refused, so that equal readers have equal objects. */
export function withRefused(reader: Reader, refused: readonly Locale[]): Reader {
  return refused.length > 0 ? { ...reader, refused } : reader;
}

/** The terms that apply to the reader's audience for one release; {@link NO_TERMS} without an audience. */
export interface AudienceTerms {
  readonly chain: readonly ChainStep[];
  /** The locales that were required at the release's date; empty if the state was not a member then. */
  readonly required: LocaleMask;
  /** The audience's own languages by the rule in force today, member or not; if empty, the language of the original. */
  readonly languages: LocaleMask;
  /** True if a stale translation is skipped (policy WITHHOLD). */
  readonly withholdsStale: boolean;
}

export const NO_TERMS: AudienceTerms = {
  chain: [],
  required: 0,
  languages: 0,
  withholdsStale: false,
};

/** The public locales of one release, as sets. The original is always published and complete. */
export interface PublishedLocales {
  readonly original: Locale;
  /** Locales that have at least a title. */
  readonly published: LocaleMask;
  readonly withSummary: LocaleMask;
  readonly withBody: LocaleMask;
  readonly stale: LocaleMask;
  readonly retracted: LocaleMask;
}

export interface ChainLink {
  readonly locale: Locale;
  readonly rule: LocaleRule;
}

export interface LocaleStep extends ChainLink {
  readonly outcome: LocaleOutcome;
}

export interface Resolution {
  readonly requested: readonly string[];
  readonly refused: readonly Locale[];
  readonly audience: string | null;
  readonly coherence: Coherence;
  readonly locale: Locale | null;
  readonly isFallback: boolean;
  readonly trail: readonly LocaleStep[];
}

/** The locale of one text of a release, and whether it is a fallback. */
export interface LocalizedField {
  readonly locale: Locale;
  readonly isFallback: boolean;
}

export interface LocalizedFields {
  readonly title: LocalizedField;
  /** null if no locale that may be served has a summary. */
  readonly summary: LocalizedField | null;
  readonly body: LocalizedField;
}

/** The decision for one release and one reader. */
export interface Localization {
  readonly resolution: Resolution;
  /** null if nothing may be served. */
  readonly fields: LocalizedFields | null;
}
