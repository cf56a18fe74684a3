import { match } from '@formatjs/intl-localematcher';

import { intlTag } from './language-tag.js';
import { isLocale, LOCALES, type Locale, TAG_OF } from './locale.js';
import { rememberedByText } from './remembered.js';

const AVAILABLE = LOCALES.map((locale) => TAG_OF[locale]);
/** No language has this tag, so it can only come back where nothing matched. */
const NOTHING = 'zxx';

/** Matching walks the whole CLDR distance table: tags come again and again, so answers are kept. */
const known = new Map<string, Locale | null>();
const KEPT = 2000;

/**
 * The official language that serves a reader of `tag`, by CLDR language matching with its one-way
 * pairs (UTS #35 part 1 §4.4): `fr-CA` FR, `es-419` ES, `pt-PT` PT, and also `ht` FR, `qu` `ay`
 * `gn` ES; null where CLDR knows no way, as for `nl`.
 *
 * @param tag a well-formed BCP 47 tag
 */
export function matchLocale(tag: string): Locale | null {
  const before = known.get(tag);
  if (before !== undefined) return before;
  const found = computeMatch(tag);
  if (known.size >= KEPT) known.clear();
  known.set(tag, found);
  return found;
}

function computeMatch(tag: string): Locale | null {
  const form = intlTag(tag);
  if (form === null || saysNothing(form)) return null;
  return localeOfTag(match([form], AVAILABLE, NOTHING));
}

/**
 * Whether text in `locale` is in the very language of `tag`: `fr-CA` and FR are, `ht` and FR are
 * not, although FR is what a reader of `ht` is served.
 */
export function isLanguageOf(tag: string, locale: Locale): boolean {
  return languageOf(tag) === TAG_OF[locale];
}

const languageOf = rememberedByText((tag): string | null => {
  const form = intlTag(tag);
  if (form === null || saysNothing(form)) return null;
  return new Intl.Locale(form).maximize().language;
});

/** An undetermined language without a region; likely subtags would make it English. */
function saysNothing(form: string): boolean {
  // Not by `language`, which some releases of Node leave undefined here.
  return /^und(?:-|$)/.test(form) && new Intl.Locale(form).region === undefined;
}

function localeOfTag(tag: string): Locale | null {
  const locale = tag.toUpperCase();
  return isLocale(locale) ? locale : null;
}
