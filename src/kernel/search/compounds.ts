import type { Locale } from '../locale.js';
import { foldLetters } from './fold.js';
import type { Token } from './tokens.js';
import { isCombiningForm } from './words/combining-forms.js';
import { lexemeOf } from './words/lexemes.js';
import { isStopWord } from './words/stop-words.js';

/** A token, interpreted in one language. */
export interface Word extends Pick<Token, 'text' | 'variants' | 'link' | 'start' | 'end'> {
  /** In lower case without accents. */
  readonly folded: string;
  /** Null for a stop word. */
  readonly lexeme: string | null;
}

/** Articles, pronouns and prepositions with an elided vowel: l’OEA, d’água, jusqu’ici. */
const ELIDED = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)$/;

/**
 * The words of a text in one language. An elided word before an apostrophe and the English possessive after one are not
 * words of their own.
 */
export function wordsOf(tokens: readonly Token[], locale: Locale): Word[] {
  const words: Word[] = [];
  let wasElided = false;
  for (const [index, token] of tokens.entries()) {
    const folded = foldLetters(token.text);
    const before = tokens[index + 1]?.link === 'APOSTROPHE';
    if (before && locale !== 'ES' && ELIDED.test(folded)) {
      wasElided = true;
      continue;
    }
    if (token.link === 'APOSTROPHE' && !wasElided && locale === 'EN' && folded === 's') continue;
    const link = wasElided ? 'NONE' : token.link;
    wasElided = false;
    const isStop = token.isCodePart || (!token.isCapitals && isStopWord(folded, locale));
    words.push({ ...token, link, folded, lexeme: isStop ? null : lexemeOf(token.text, locale) });
  }
  return words;
}

/** Neighboring words that are also found as one word. */
export interface Compound {
  readonly lexeme: string;
  /** The indexes of its first and its last word. */
  readonly first: number;
  readonly last: number;
}

/** Longer chains are lists or codes. */
const MAX_PARTS = 8;
const LETTERS = /^\p{L}+$/u;

/** The end (exclusive) of the words that are joined by hyphens, apostrophes or dots, starting at `first`. */
export function compoundEnd(words: readonly Word[], first: number): number {
  let end = first + 1;
  while (isTight(words[end]?.link)) end += 1;
  return end;
}

function isTight(link: Word['link'] | undefined): boolean {
  return link === 'HYPHEN' || link === 'APOSTROPHE' || link === 'DOT';
}

/** The compounds in a text: cyber-security as cybersecurity; also `cyber security`, because of its first part. */
export function compoundsOf(words: readonly Word[], locale: Locale): Compound[] {
  const compounds: Compound[] = [];
  for (let first = 0; first < words.length;) {
    const end = compoundEnd(words, first);
    if (end - first > 1 && end - first <= MAX_PARTS)
      compounds.push(...joined(words, first, end, locale));
    first = end;
  }
  for (let last = 1; last < words.length; last += 1) {
    const compound = openCompoundAt(words, last - 1, locale);
    if (compound) compounds.push(compound);
  }
  return compounds;
}

/** A combining form and the word after it, separated by a space. */
export function openCompoundAt(
  words: readonly Word[],
  first: number,
  locale: Locale,
): Compound | null {
  const [word, next] = [words[first], words[first + 1]];
  if (!word || next?.link !== 'SPACE' || !isCombiningForm(word.folded, locale)) return null;
  return compoundOf(words, first, first + 2, locale);
}

/** All words together and, of three or more, each with the next. */
function joined(words: readonly Word[], first: number, end: number, locale: Locale): Compound[] {
  const whole = compoundOf(words, first, end, locale);
  const compounds = whole ? [whole] : [];
  for (let at = first; end - first > 2 && at < end - 1; at += 1) {
    const pair = compoundOf(words, at, at + 2, locale);
    if (pair) compounds.push(pair);
  }
  return compounds;
}

/** @returns null for parts that are never written as one word: numbers, parts of addresses */
export function compoundOf(
  words: readonly Word[],
  first: number,
  end: number,
  locale: Locale,
): Compound | null {
  const parts = words.slice(first, end);
  if (!parts.some(({ text }) => LETTERS.test(text))) return null;
  if (parts.some(({ link, text }, at) => at > 0 && link === 'DOT' && text.length > 2)) return null;
  const lexeme = lexemeOf(parts.map(({ text }) => text).join(''), locale);
  return { lexeme, first, last: end - 1 };
}
