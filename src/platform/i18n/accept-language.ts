import Negotiator from 'negotiator';

import { canonicalTag, isWellFormedTag } from '../../kernel/language-tag.js';
import { LOCALES, type Locale, TAG_OF } from '../../kernel/locale.js';
import { isLanguageOf } from '../../kernel/negotiation.js';

/** RFC 9110 sets no limit; nobody reads thirty languages. */
export const MAX_TAGS = 30;
const MAX_LENGTH = 2000;

/** The languages in the header Accept-Language. */
export interface AcceptedLanguages {
  /** Canonical tags by weight; of equal weights, in the order of the header. */
  readonly requested: readonly string[];
  /** In the order of LOCALES. */
  readonly refused: readonly Locale[];
}

const NOTHING: AcceptedLanguages = { requested: [], refused: [] };

/**
 * Reads Accept-Language (RFC 9110 §12.5.4). `*` requests no particular language. Entries that are not language tags, or
 * whose weight is not a number, are ignored, as RFC 9110 allows.
 *
 * A weight of 0 refuses (§12.4.2): `fr;q=0` the texts that are tagged `fr`; `*;q=0` every language that the header does
 * not request. `fr-CA;q=0` refuses none of the four locales, because no text has that tag (RFC 4647 §3.3.1).
 */
export function acceptedLanguages(header: string | undefined): AcceptedLanguages {
  if (header === undefined || header.length > MAX_LENGTH) return NOTHING;
  const listed = new Negotiator({ headers: { 'accept-language': header } }).languages();
  const tags = listed.filter((tag) => tag !== '*' && isWellFormedTag(tag)).map(canonicalTag);
  const requested = [...new Set(tags)].slice(0, MAX_TAGS);
  return { requested, refused: refusedIn(header, requested) };
}

/** Equal for equivalent headers only: the languages of a reader, as part of a key. */
export function languagesKey(header: string | undefined): string {
  const { requested, refused } = acceptedLanguages(header);
  return refused.length > 0 ? `${requested.join(',')};${refused.join(',')}` : requested.join(',');
}

const REFUSAL = /^\s*([A-Za-z0-9-]+|\*)\s*;\s*q\s*=\s*0(?:\.0*)?\s*$/i;

function refusedIn(header: string, requested: readonly string[]): Locale[] {
  const ranges = header.split(',').flatMap((range) => REFUSAL.exec(range)?.[1] ?? []);
  const named = new Set(ranges.filter(isWellFormedTag).map(canonicalTag));
  const refusesRest = ranges.includes('*');
  return LOCALES.filter((locale) => {
    const tag = TAG_OF[locale];
    if (named.has(tag)) return !requested.includes(tag);
    return refusesRest && !requested.some((wanted) => isLanguageOf(wanted, locale));
  });
}
