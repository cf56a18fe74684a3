import type { Locale } from '../locale.js';
import { compoundEnd, compoundOf, openCompoundAt, type Word, wordsOf } from './compounds.js';
import { type Token, tokensOf } from './tokens.js';
import type { SearchTerm, TypedSearch } from './typed-search.js';
import { quoteLexeme } from './vector.js';
import { lexemeOf } from './words/lexemes.js';

/** A PostgreSQL tsquery literal that matches nothing. */
const NOTHING = '';

/** The query for a search in one locale, as a PostgreSQL tsquery literal. */
export function searchQuery(search: TypedSearch, locale: Locale): string {
  const alternatives = search.map((terms) => {
    return all(terms.map((term) => termQuery(term, locale)));
  });
  return any(alternatives);
}

function termQuery({ kind, text, isExcluded }: SearchTerm, locale: Locale): string {
  const query = kind === 'CODE' ? codeQuery(text, locale) : textQuery(text, kind, locale);
  return isExcluded && query !== NOTHING ? `!${query}` : query;
}

/** 305/12 is only a code; COVID-19 may be written in other ways. */
function codeQuery(code: string, locale: Locale): string {
  const query = quoteLexeme(code);
  if (code.includes('/') || !/\p{L}/u.test(code)) return query;
  return any([query, textQuery(code, 'WORDS', locale)]);
}

function textQuery(text: string, kind: 'WORDS' | 'PHRASE', locale: Locale): string {
  const words = wordsOf(withAcronyms(tokensOf(text)), locale);
  if (kind === 'PHRASE') return phraseQuery(words, locale);
  const queries: string[] = [];
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
function wordQuery(words: readonly Word[], at: number, locale: Locale): string {
  const word = words[at];
  if (!word || word.lexeme === null) return NOTHING;
  const compounds = [at - 1, at].flatMap((first) => openCompoundAt(words, first, locale) ?? []);
  return any([...lexemesOf(word, locale), ...compounds.map(({ lexeme }) => quoteLexeme(lexeme))]);
}

/** The lexeme of a word; for a number, all its spellings. */
function lexemesOf({ lexeme, text, variants }: Word, locale: Locale): string[] {
  const others = /^\d/.test(text) ? variants.map((variant) => lexemeOf(variant, locale)) : [];
  return [...(lexeme === null ? [] : [lexeme]), ...others].map(quoteLexeme);
}

/** In longer phrases only the words are matched, without compounds of neighbors. */
const MAX_JOINED = 6;

/** The words one after another, at the distances that stop words leave. */
function phraseQuery(words: readonly Word[], locale: Locale): string {
  const plain = chain(words.map((word) => any(lexemesOf(word, locale))));
  if (words.length > MAX_JOINED || words.length < 2) return plain;
  const others: string[] = [];
  for (let first = 0; first < words.length - 1; first += 1) {
    others.push(withCompound(words, first, first + 2, locale));
  }
  if (words.length > 2) others.push(withCompound(words, 0, words.length, locale));
  return any([plain, ...others]);
}

function withCompound(words: readonly Word[], first: number, end: number, locale: Locale): string {
  if (words.slice(first + 1, end).some(({ link }) => link === 'NONE' || link === 'SPACE'))
    return NOTHING;
  const compound = compoundOf(words, first, end, locale);
  if (!compound) return NOTHING;
  const query = (word: Word) => any(lexemesOf(word, locale));
  return chain([
    ...words.slice(0, first).map(query),
    quoteLexeme(compound.lexeme),
    ...words.slice(end).map(query),
  ]);
}

function chain(queries: readonly string[]): string {
  let text = NOTHING;
  let distance = 1;
  for (const query of queries) {
    if (query === NOTHING) distance += 1;
    else {
      text = text === NOTHING ? query : `${text} <${distance}> ${query}`;
      distance = 1;
    }
  }
  return queries.length > 1 && text !== NOTHING ? `(${text})` : text;
}

function all(queries: readonly string[]): string {
  return combined(queries, ' & ');
}

function any(queries: readonly string[]): string {
  return combined(queries, ' | ');
}

function combined(queries: readonly string[], operator: string): string {
  const parts = [...new Set(queries.filter((query) => query !== NOTHING))];
  return parts.length > 1 ? `(${parts.join(operator)})` : (parts[0] ?? NOTHING);
}
