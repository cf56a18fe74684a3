import { LOCALES, type Locale, type PerLocale } from '../../../kernel/locale.js';

/** Words that are frequent in texts of one language and absent in the other three. */
const FUNCTION_WORDS: PerLocale<ReadonlySet<string>> = {
  EN: new Set([
    'the',
    'of',
    'and',
    'to',
    'in',
    'that',
    'for',
    'with',
    'was',
    'is',
    'on',
    'by',
    'its',
  ]),
  ES: new Set([
    'el',
    'los',
    'las',
    'y',
    'del',
    'con',
    'una',
    'por',
    'al',
    'su',
    'fue',
    'es',
    'más',
  ]),
  FR: new Set([
    'le',
    'les',
    'des',
    'et',
    'du',
    'dans',
    'une',
    'est',
    'au',
    'aux',
    'pour',
    'sur',
    'par',
  ]),
  PT: new Set([
    'os',
    'e',
    'da',
    'dos',
    'das',
    'em',
    'uma',
    'com',
    'não',
    'ao',
    'na',
    'pela',
    'são',
    'foi',
  ]),
};

/** Three words may be a coincidence; half as many again as in any other language are not. */
const ENOUGH = 4;
const LEAD = 1.5;

/** The language of a text by its function words; null if they are inconclusive. */
export function localeOfText(text: string): Locale | null {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const counts = LOCALES.map((locale) => ({
    locale,
    count: words.filter((word) => FUNCTION_WORDS[locale].has(word)).length,
  }));
  counts.sort((a, b) => b.count - a.count);
  const [best, next] = counts;
  if (!best || !next || best.count < ENOUGH || best.count < next.count * LEAD) return null;
  return best.locale;
}
