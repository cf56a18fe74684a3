import { inMask, type Locale, LOCALES, maskOf, TAG_OF } from '../../kernel/locale.js';
import { localize, type LocalizedField, NO_TERMS, type Reader } from '../../kernel/localization.js';
import type { Correction } from '../publication/index.js';
import type { LocalizedText } from './localized.types.js';
import type { LocalizedReleaseType } from './release.types.js';

type Served = Pick<LocalizedReleaseType, 'record' | 'reader' | 'fields'>;

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
  const { title } = served.fields;
  const having = maskOf(LOCALES.filter((locale) => notes[locale] !== undefined));
  const field = inMask(having, title.locale) ? title : otherField(having, served, order);
  const value = field && notes[field.locale];
  if (field === null || value === undefined || value === null) return null;
  const origin = field.locale === served.record.original ? 'ORIGINAL' : 'HUMAN';
  const provenance = { origin, freshness: 'CURRENT', dir: 'LTR' } as const;
  return { value, ...field, lang: TAG_OF[field.locale], ...provenance };
}

function otherField(
  having: number,
  { record, reader }: Served,
  order: readonly Locale[],
): LocalizedField | null {
  const namesNone = reader.requested.length === 0;
  if (reader.coherence === 'STRICT' && namesNone) return null;
  const anyAudience: Reader = { ...reader, audience: null };
  const facts = { ...record.facts, published: having, withSummary: 0, withBody: 0 };
  const { locale, isFallback } = localize(facts, anyAudience, NO_TERMS, order).resolution;
  return locale && { locale, isFallback: isFallback || namesNone };
}
