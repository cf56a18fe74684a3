import { inMask, type Locale, LOCALES, maskOf, TAG_OF } from '../../kernel/locale.js';
import { fieldLocale, isFallback, NO_TERMS, type Reader } from '../../kernel/localization.js';
import type { Correction } from '../publication/index.js';
import type { LocalizedText } from './localized.types.js';
import type { LocalizedReleaseType } from './release.types.js';

type Served = Pick<LocalizedReleaseType, 'record' | 'reader' | 'terms' | 'locale'>;

/**
 * The note of a correction for one reader: in the locale of the text, else by the requested languages, the original and
 * the configured order. The rules of the audience do not count: a copy would miss the day on which they change.
 *
 * @returns null under STRICT, if there is no note in a requested language
 */
export function correctionNote(
  { notes }: Pick<Correction, 'notes'>,
  served: Served,
  order: readonly Locale[],
): LocalizedText | null {
  const having = maskOf(LOCALES.filter((locale) => notes[locale] !== undefined));
  const locale = inMask(having, served.locale) ? served.locale : otherLocale(having, served, order);
  const value = locale && notes[locale];
  if (locale === null || value === undefined || value === null) return null;
  const origin = locale === served.record.original ? 'ORIGINAL' : 'HUMAN';
  const provenance = { origin, freshness: 'CURRENT', dir: 'LTR' } as const;
  const fallback = isNoteFallback(locale, served);
  return { value, locale, lang: TAG_OF[locale], isFallback: fallback, ...provenance };
}

function otherLocale(
  having: number,
  { record, reader }: Served,
  order: readonly Locale[],
): Locale | null {
  if (reader.coherence === 'STRICT' && reader.requested.length === 0) return null;
  const anyAudience: Reader = { ...reader, audience: null };
  const facts = { ...record.facts, published: having };
  return fieldLocale(facts, having, anyAudience, NO_TERMS, order);
}

/** That of the text, for a note in its locale. */
function isNoteFallback(locale: Locale, { record, reader, terms, locale: own }: Served): boolean {
  if (locale !== own && reader.requested.length === 0) return true;
  return isFallback(locale, record.original, reader, terms);
}
