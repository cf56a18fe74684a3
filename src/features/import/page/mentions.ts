import type { Locale } from '../../../kernel/locale.js';
import type { CountryCode } from './imported.js';
import { CITY_SUFFIX, LIST_JOINT, DISTINGUISHES_GRENADA } from './mention-forms.js';
import { fold, type NamedState, type StateForm, stateForms } from './state-forms.js';

export interface PlainText {
  readonly locale: Locale;
  /** Plain text: title, summary and body of one locale. */
  readonly text: string;
}

interface Found {
  readonly code: CountryCode | null;
  readonly doubt: 'HOMONYM' | 'LISTED' | null;
  readonly start: number;
  readonly end: number;
  /** A longer name of which the state's name is only a part: `ciudad de Granada`. */
  readonly isOtherThing: boolean;
}

/**
 * Finds the states that a release names, sorted by code. Names count as CLDR and the OAS write them, and in equivalent
 * forms (`EE. UU.`); whole words, capitalized; accents, hyphens and apostrophes in any form. Text in all capitals and
 * adjectives do not name a state, nor does a longer name of something else (New Mexico, Gulf of Mexico, Guatemala
 * City).
 *
 * @param texts the original first. It decides; the others are used only if its *Granada* could be the city: then one in
 *   English or French, if there is any, must name Grenada.
 * @param states the states to find
 */
export function findMentions(
  texts: readonly PlainText[],
  states: readonly NamedState[],
): CountryCode[] {
  const [original, ...others] = texts;
  if (!original) return [];
  const { certain, homonyms } = statesIn(original, states);
  const witnesses = others.filter(({ locale }) => DISTINGUISHES_GRENADA.includes(locale));
  for (const code of homonyms) {
    const seen = witnesses.some((text) => statesIn(text, states).certain.has(code));
    if (witnesses.length === 0 || seen) certain.add(code);
  }
  return [...certain].sort((a, b) => (a < b ? -1 : 1));
}

/** `homonyms` are named only by a word that could also be a city, without an indication that it is one. */
function statesIn(
  { locale, text }: PlainText,
  states: readonly NamedState[],
): { certain: Set<CountryCode>; homonyms: Set<CountryCode> } {
  const clean = text
    .normalize('NFC')
    .replace(/\u00ad/g, '')
    .replace(/\s+/g, ' ');
  const folded = fold(clean);
  const found = namesIn(folded, clean, stateForms(locale, states));
  const certain = new Set<CountryCode>();
  const listed = inLists(found, folded, locale);
  const homonyms = new Set<CountryCode>();
  let isCity = false;
  found.forEach((name, index) => {
    if (name.isOtherThing) isCity ||= /granada/i.test(folded.slice(name.start, name.end));
    if (name.code === null) return;
    if (name.doubt === null || listed.has(index)) certain.add(name.code);
    else if (name.doubt === 'HOMONYM') {
      if (CITY_SUFFIX.test(folded.slice(name.end))) isCity = true;
      else homonyms.add(name.code);
    }
  });
  // One sense per text: if the city is named once, the name means the city throughout.
  if (isCity) homonyms.clear();
  for (const code of certain) homonyms.delete(code);
  return { certain, homonyms };
}

function namesIn(
  folded: string,
  clean: string,
  forms: ReadonlyMap<string, readonly StateForm[]>,
): Found[] {
  const found: Found[] = [];
  const words = /(?<![\p{L}\p{N}@_])\p{L}+/gu;
  for (let word = words.exec(folded); word; word = words.exec(folded)) {
    const start = word.index;
    for (const form of forms.get(word[0].toLowerCase()) ?? []) {
      form.pattern.lastIndex = start;
      const [match] = form.pattern.exec(folded) ?? [];
      if (match === undefined) continue;
      if (!form.accepts(clean.slice(start, start + match.length), clean, start)) continue;
      const { code, doubt } = form;
      found.push({ code, doubt, start, end: start + match.length, isOtherThing: code === null });
      words.lastIndex = start + match.length;
      break;
    }
  }
  return found;
}

/**
 * The indexes of names that are next to a state in a list; a doubtful name may be confirmed by another confirmed one.
 */
function inLists(found: readonly Found[], folded: string, locale: Locale): Set<number> {
  const joined = (a: Found | undefined, b: Found | undefined): boolean =>
    a !== undefined && b !== undefined && LIST_JOINT[locale].test(folded.slice(a.end, b.start));
  const listed = new Set<number>();
  const isSure = (index: number): boolean => {
    const name = found[index];
    return name !== undefined && name.code !== null && (name.doubt === null || listed.has(index));
  };
  for (let size = -1; size !== listed.size;) {
    size = listed.size;
    found.forEach((name, index) => {
      if (name.doubt === null) return;
      const after = joined(name, found[index + 1]) && isSure(index + 1);
      const before = joined(found[index - 1], name) && isSure(index - 1);
      // “Granada, Nicaragua” alone is the city; with one more state before or after, it is a list.
      const isPlace = name.doubt === 'HOMONYM' && CITY_SUFFIX.test(folded.slice(name.end));
      const goesOn = joined(found[index + 1], found[index + 2]) && isSure(index + 2);
      if (before || (after && (!isPlace || goesOn))) listed.add(index);
    });
  }
  return listed;
}
