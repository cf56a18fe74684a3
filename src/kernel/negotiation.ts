import { match } from '@formatjs/intl-localematcher';

import { intlTag } from './language-tag.js';
import { isLocale, LOCALES, type Locale, TAG_OF } from './locale.js';
import { memoizeByText } from './memoize-by-text.js';

/** No language has this tag, so it is returned only if nothing matched. */
const NOTHING = 'zxx';

/**
 * The official languages that serve a reader of a whole list of tags, the best one first: CLDR language matching with
 * its one-way pairs (UTS #35 part 1 §4.4) matches the list as a whole, then again without the best match, until nothing
 * matches. `fr-CA, en` is FR EN; `ht, en` is EN FR, because an exact match one position later beats the distance from
 * Creole to French.
 *
 * @param tags well-formed BCP 47 tags in order of preference
 */
export function matchLocales(tags: readonly string[]): readonly Locale[] {
  return matchesOf(tags.join(' '));
}

/** The first of {@link matchLocales} for one tag; null if CLDR has no match, as for `nl`. */
export function matchLocale(tag: string): Locale | null {
  return matchLocales([tag])[0] ?? null;
}

/** Matching scans the whole CLDR distance table, and the same lists recur often. */
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
 * The best of the available tags for a reader of the whole list; null if none matches.
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
 * The order of locales for messages and names shown to a reader: the matches of the list, then the rest; refused
 * locales come last.
 *
 * @param rest all four locales in the order for readers who request nothing
 */
export function localesFor(
  tags: readonly string[],
  rest: readonly Locale[],
  refused: readonly Locale[] = [],
): Locale[] {
  return refusedLast([...new Set([...matchLocales(tags), ...rest])], refused);
}

/** The same locales in the same order, except that refused ones come last. */
export function refusedLast(locales: readonly Locale[], refused: readonly Locale[]): Locale[] {
  const isRefused = (locale: Locale) => refused.includes(locale);
  return [...locales.filter((locale) => !isRefused(locale)), ...locales.filter(isRefused)];
}

/**
 * Whether a text in `locale` is what the list requests: in its best match, and in a language that the list names.
 * `ht, en` requests EN; `ht` is served FR, but does not name it.
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
 * Whether text in `locale` is in the same language as `tag`: `fr-CA` and FR are, `ht` and FR are not, although a reader
 * of `ht` is served FR.
 */
export function isLanguageOf(tag: string, locale: Locale): boolean {
  return languageOf(tag) === TAG_OF[locale];
}

const languageOf = memoizeByText((tag): string | null => {
  const form = meaningfulForm(tag);
  return form === null ? null : new Intl.Locale(form).maximize().language;
});

/**
 * The tag as Intl accepts it; null for an undetermined language without a region, which likely subtags turn into
 * English.
 */
function meaningfulForm(tag: string): string | null {
  const form = intlTag(tag);
  if (form === null) return null;
  // Not checked by `language`, which some versions of Node leave undefined here.
  const isUndetermined = /^und(?:-|$)/.test(form) && new Intl.Locale(form).region === undefined;
  return isUndetermined ? null : form;
}
