import { type Locale, perLocale, type PerLocale } from '../../locale.js';
import { memoizeByText } from '../../memoize-by-text.js';
import { foldLetters } from '../fold.js';
import { englishStem } from './english.js';
import { frenchStem } from './french.js';
import { portugueseStem } from './portuguese.js';
import { spanishStem } from './spanish.js';

const STEM_OF: PerLocale<(word: string) => string> = {
  EN: englishStem,
  ES: spanishStem,
  FR: frenchStem,
  PT: portugueseStem,
};

/** A longer string is not a word of a language. */
const MAX_WORD = 40;
/** PostgreSQL accepts no lexeme of more than 2,046 bytes; a query with only a part of it finds nothing anyway. */
const MAX_LEXEME = 200;
const MAX_CACHED_WORDS = 20_000;

/**
 * The lexeme of a word: the same for all of its forms in that language, with or without accents.
 *
 * @param word in lower case; with digits in it, it has no other forms
 */
export const lexemeOf: (word: string, locale: Locale) => string = (() => {
  const finders = perLocale((locale) => {
    return memoizeByText((word) => findLexeme(word, STEM_OF[locale]), MAX_CACHED_WORDS);
  });
  return (word: string, locale: Locale) => finders[locale](word);
})();

function findLexeme(word: string, stem: (word: string) => string): string {
  const folded = foldLetters(word);
  if (/^[a-z]+$/.test(folded) && folded.length <= MAX_WORD) return stem(folded);
  return folded.slice(0, MAX_LEXEME).replace(/[\ud800-\udbff]$/, '');
}
