import { match } from '@formatjs/intl-localematcher';

import { intlTag } from './language-tag.js';
import { isLocale, LOCALES, type Locale, TAG_OF } from './locale.js';
import { memoizeByText } from './memoize-by-text.js';

/** No language has this tag, so it can only come back where nothing matched. */
const NOTHING = 'zxx';

/**
 * The official languages that serve a reader of a whole list of tags, the best one first: CLDR language matching with
 * its one-way pairs (UTS #35 part 1 §4.4) weighs the list as one, then again without the winner, until nothing matches.
 * `fr-CA, en` is FR EN; `ht, en` is EN FR, for an exact match one place later beats the distance from Creole to French.
 *
 * @param tags well-formed BCP 47 tags in order of preference
 */
export function matchLocales(tags: readonly string[]): readonly Locale[] {
  return matchesOf(tags.join(' '));
}

/** The first of {@link matchLocales} for one tag; null where CLDR knows no way, as for `nl`. */
export function matchLocale(tag: string): Locale | null {
  return matchLocales([tag])[0] ?? null;
}

/** Matching walks the whole CLDR distance table, and the same lists come again and again. */
const matchesOf = memoizeByText((list): readonly Locale[] => {
  const tags = list.split(' ');
  const found: Locale[] = [];
  for (;;) {
    const left = LOCALES.filter((locale) => !found.includes(locale));
    const next = bestMatch(
      tags,
      left.map((locale) => TAG_OF[locale]),
    )?.toUpperCase();
    if (!isLocale(next)) return found;
    found.push(next);
  }
}, 2_000);

/**
 * The one of the available tags that serves a reader of the whole list best; null for none.
 *
 * @param available tags that Intl accepts
 */
export function bestMatch(tags: readonly string[], available: readonly string[]): string | null {
  const forms = tags.flatMap((tag) => meaningfulForm(tag) ?? []);
  if (forms.length === 0 || available.length === 0) return null;
  const found = match(forms, available, NOTHING);
  return found === NOTHING ? null : found;
}

/**
 * The order in which a reader is spoken to or named things: what the list matches, then the rest; what the reader
 * refused comes last.
 *
 * @param rest all four locales in the order for those who ask for nothing
 */
export function localesFor(
  tags: readonly string[],
  rest: readonly Locale[],
  refused: readonly Locale[] = [],
): Locale[] {
  return refusedLast([...new Set([...matchLocales(tags), ...rest])], refused);
}

/** The same locales in the same order, but for those that were refused. */
export function refusedLast(locales: readonly Locale[], refused: readonly Locale[]): Locale[] {
  const isRefused = (locale: Locale) => refused.includes(locale);
  return [...locales.filter((locale) => !isRefused(locale)), ...locales.filter(isRefused)];
}

/**
 * Whether a text in `locale` is what the list asks for: in its best match, and in a language that the list names.
 * `ht, en` asks for EN; `ht` is served FR, but does not name it.
 */
export function isRequested(
  locale: Locale,
  tags: readonly string[],
  refused: readonly Locale[] = [],
): boolean {
  if (refused.includes(locale)) return false;
  const best = matchLocales(tags).find((match) => !refused.includes(match));
  return best === locale && tags.some((tag) => isLanguageOf(tag, locale));
}

/**
 * Whether text in `locale` is in the very language of `tag`: `fr-CA` and FR are, `ht` and FR are
 * not, although FR is what a reader of `ht` is served.
 */
export function isLanguageOf(tag: string, locale: Locale): boolean {
  return languageOf(tag) === TAG_OF[locale];
}

const languageOf = memoizeByText((tag): string | null => {
  const form = meaningfulForm(tag);
  return form === null ? null : new Intl.Locale(form).maximize().language;
});

/** The tag as Intl accepts it; null for an undetermined language without a region, which likely subtags make English. */
function meaningfulForm(tag: string): string | null {
  const form = intlTag(tag);
  if (form === null) return null;
  // Not by `language`, which some releases of Node leave undefined here.
  const isUndetermined = /^und(?:-|$)/.test(form) && new Intl.Locale(form).region === undefined;
  return isUndetermined ? null : form;
}
