import { inMask, type Locale, localesIn, type LocaleMask } from './locale.js';
import {
  type AudienceTerms,
  type PublishedLocales,
  type Reader,
  type Resolution,
  resolveLocale,
  wholeLocales,
} from './localization.js';

export const AVAILABILITY_STATUSES = ['COMPLETE', 'PARTIAL', 'FALLBACK', 'UNAVAILABLE'] as const;
export type AvailabilityStatus = (typeof AVAILABILITY_STATUSES)[number];

export const TRANSLATION_STATUSES = ['PUBLISHED', 'NOT_PUBLISHED', 'RETRACTED'] as const;
export type PublicTranslationStatus = (typeof TRANSLATION_STATUSES)[number];

export interface Availability {
  readonly status: AvailabilityStatus;
  readonly resolution: Resolution;
  readonly missingRequired: readonly Locale[];
}

/** The availability of one release to an audience that names no language; the terms are those at the release's date. */
export function availabilityFor(
  facts: PublishedLocales,
  audience: string,
  terms: AudienceTerms,
  order: readonly Locale[],
): Availability {
  const reader: Reader = { requested: [], audience, coherence: 'RELEASE' };
  const resolution = resolveLocale(facts, reader, terms, order);
  return {
    status: availabilityStatus(facts, resolution, terms),
    resolution,
    missingRequired: localesIn(terms.required & ~facts.published),
  };
}

function availabilityStatus(
  facts: PublishedLocales,
  resolution: Resolution,
  terms: AudienceTerms,
): AvailabilityStatus {
  const { locale, isFallback } = resolution;
  if (locale === null) return 'UNAVAILABLE';
  if (terms.required === 0) return isFallback ? 'FALLBACK' : 'COMPLETE';
  const current = wholeLocales(facts) & ~facts.stale;
  if ((current & terms.required) === terms.required) return 'COMPLETE';
  return inMask(terms.required, locale) ? 'PARTIAL' : 'FALLBACK';
}

export function translationStatus(
  locale: Locale,
  published: LocaleMask,
  retracted: LocaleMask,
): PublicTranslationStatus {
  if (inMask(published, locale)) return 'PUBLISHED';
  return inMask(retracted, locale) ? 'RETRACTED' : 'NOT_PUBLISHED';
}

/** All four locales, starting with those of the audience's chain, in its order. */
export function inChainOrder(
  chain: readonly (Locale | 'ORIGINAL')[],
  original: Locale,
  order: readonly Locale[],
): Locale[] {
  const steps = [...chain, 'ORIGINAL' as const, ...order];
  return [...new Set(steps.map((step) => (step === 'ORIGINAL' ? original : step)))];
}
