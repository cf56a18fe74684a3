import type { Locale } from '../locale.js';
import { compoundEnd, compoundOf, openCompoundAt, type Word, wordsOf } from './compounds.js';
import { type Token, tokensOf } from './tokens.js';
import { all, any, lexeme, type MaybeQuery, not, phrase } from './query-tree.js';
import type { SearchTerm, TypedSearch } from './typed-search.js';
import { lexemeOf } from './words/lexemes.js';

/** The query for a search in one locale; null if it has only stop words, so that it matches nothing. */
export function searchQuery(search: TypedSearch, locale: Locale): MaybeQuery {
  const alternatives = search.map((terms) => {
    return all(terms.map((term) => termQuery(term, locale)));
  });
  return any(alternatives);
}

function termQuery({ kind, text, isExcluded }: SearchTerm, locale: Locale): MaybeQuery {
  const query = kind === 'CODE' ? codeQuery(text, locale) : textQuery(text, kind, locale);
  return isExcluded ? not(query) : query;
}

/** 305/12 is only a code; COVID-19 may be written in other ways. */
function codeQuery(code: string, locale: Locale): MaybeQuery {
  const query = lexeme(code);
  if (code.includes('/') || !/\p{L}/u.test(code)) return query;
  return any([query, textQuery(code, 'WORDS', locale)]);
}

function textQuery(text: string, kind: 'WORDS' | 'PHRASE', locale: Locale): MaybeQuery {
  const words = wordsOf(withAcronyms(tokensOf(text)), locale);
  if (kind === 'PHRASE') return phraseQuery(words, locale);
  const queries: MaybeQuery[] = [];
  for (let first = 0; first < words.length;) {
    const end = compoundEnd(words, first);
    if (end - first > 1) queries.push(phraseQuery(words.slice(first, end), locale));
    else queries.push(wordQuery(words, first, locale));
    first = end;
  }
  return all(queries);
}

/** In a search typed entirely in capitals, a word in capitals is not an acronym: THE OAS. */
function withAcronyms(tokens: readonly Token[]): readonly Token[] {
  const isShouted = tokens.length > 1 && tokens.every(({ isCapitals }) => isCapitals);
  return isShouted ? tokens.map((token) => ({ ...token, isCapitals: false })) : tokens;
}

/** A word, or the compound with one of its neighbors: `cyber security` is also found as cybersecurity. */
function wordQuery(words: readonly Word[], at: number, locale: Locale): MaybeQuery {
  const word = words[at];
  if (!word || word.lexeme === null) return null;
  const compounds = [at - 1, at].flatMap((first) => openCompoundAt(words, first, locale) ?? []);
  return any([...lexemesOf(word, locale), ...compounds.map((compound) => lexeme(compound.lexeme))]);
}

/** The lexeme of a word; for a number, all its spellings. */
function lexemesOf({ lexeme: own, text, variants }: Word, locale: Locale): MaybeQuery[] {
  const others = /^\d/.test(text) ? variants.map((variant) => lexemeOf(variant, locale)) : [];
  return [...(own === null ? [] : [own]), ...others].map(lexeme);
}

/** In longer phrases only the words are matched, without compounds of neighbors. */
const MAX_JOINED = 6;

/** The words one after another, at the distances that stop words leave. */
function phraseQuery(words: readonly Word[], locale: Locale): MaybeQuery {
  const plain = phrase(words.map((word) => any(lexemesOf(word, locale))));
  if (words.length > MAX_JOINED || words.length < 2) return plain;
  const others: MaybeQuery[] = [];
  for (let first = 0; first < words.length - 1; first += 1) {
    others.push(withCompound(words, first, first + 2, locale));
  }
  if (words.length > 2) others.push(withCompound(words, 0, words.length, locale));
  return any([plain, ...others]);
}

function withCompound(
  words: readonly Word[],
  first: number,
  end: number,
  locale: Locale,
): MaybeQuery {
  if (words.slice(first + 1, end).some(({ link }) => link === 'NONE' || link === 'SPACE'))
    return null;
  const compound = compoundOf(words, first, end, locale);
  if (!compound) return null;
  const query = (word: Word) => any(lexemesOf(word, locale));
  return phrase([
    ...words.slice(0, first).map(query),
    lexeme(compound.lexeme),
    ...words.slice(end).map(query),
  ]);
}
