import type { Locale } from '../../kernel/locale.js';
import { foldLetters, isStopWord, withoutInvisible } from '../../kernel/search/index.js';

/** Enough for a title, and short enough for one line. */
const MAX_LENGTH = 90;

/**
 * The address of a text: the number first, so that the address is unique, then the title in plain letters,
 * cut between words and not after an article or a preposition: `305-12-organization-of-american-states…`.
 *
 * @param title plain text
 */
export function slugOf(number: string, title: string, locale: Locale): string {
  const start = plainLetters(number);
  const room = MAX_LENGTH - start.length - 1;
  const words = plainLetters(title).split('-').filter(Boolean);
  const rest = cut(words, room, locale).join('-');
  return rest === '' ? start : `${start}-${rest}`;
}

function cut(words: readonly string[], room: number, locale: Locale): readonly string[] {
  let length = -1;
  let count = 0;
  while (count < words.length) {
    length += 1 + (words[count]?.length ?? 0);
    if (length > room) break;
    count += 1;
  }
  if (count === words.length) return words;
  while (count > 1 && leadsOn(words[count - 1] ?? '', locale)) count -= 1;
  return words.slice(0, count);
}

/** Whether a title cannot end with the word: an article, a preposition, the rest of an elision or a possessive. */
function leadsOn(word: string, locale: Locale): boolean {
  return word.length === 1 || isStopWord(word, locale);
}

function plainLetters(text: string): string {
  return foldLetters(withoutInvisible(text))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
