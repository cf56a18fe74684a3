import { LOCALES, type Locale, TAG_OF } from './locale.js';

/** In the order in which CLDR lists them. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/**
 * How a key ends that holds one plural form (i18next JSON v4): `_one`, or `_ordinal_two` for ranks.
 * As a pattern that JavaScript and PostgreSQL read alike; what it takes before the ending belongs to the name.
 */
export const PLURAL_ENDING = `[^.]_((?:ordinal_)?(?:${CATEGORIES.join('|')}))$`;

const ENDING = new RegExp(PLURAL_ENDING);

/** One form of a text that depends on a number. */
export interface PluralKey {
  /** The key that a program asks for. */
  readonly family: string;
  /** `many`, or `ordinal_few`. */
  readonly form: string;
}

/** @returns null for a key that is no plural form */
export function pluralKey(key: string): PluralKey | null {
  const form = ENDING.exec(key)?.[1];
  return form === undefined ? null : { family: key.slice(0, -form.length - 1), form };
}

/** The key without its plural form: what belongs together has the same one. */
export function familyOf(key: string): string {
  return pluralKey(key)?.family ?? key;
}

const ORDINAL = 'ordinal_';

function isOrdinal(form: string): boolean {
  return form.startsWith(ORDINAL);
}

/** The forms that a locale needs by CLDR, cardinal or ordinal as the given one is; in CLDR's order. */
export function neededForms(locale: Locale, form: string): string[] {
  const type = isOrdinal(form) ? 'ordinal' : 'cardinal';
  const { pluralCategories } = new Intl.PluralRules(TAG_OF[locale], { type }).resolvedOptions();
  const prefix = isOrdinal(form) ? ORDINAL : '';
  return CATEGORIES.filter((category) => pluralCategories.includes(category)).map(
    (category) => prefix + category,
  );
}

/**
 * The keys that come into being with this one: a text with plural forms has those that any of the four locales needs.
 * The key itself is always among them.
 */
export function keysBesides(key: string): string[] {
  const plural = pluralKey(key);
  if (!plural) return [key];
  const forms = LOCALES.flatMap((locale) => neededForms(locale, plural.form));
  return [...new Set([plural.form, ...forms])].map((form) => `${plural.family}_${form}`);
}

/** The key whose text stands for all forms that its locale does not have; the key itself where it is no plural. */
export function generalKey(key: string): string {
  const plural = pluralKey(key);
  if (!plural) return key;
  return `${plural.family}_${isOrdinal(plural.form) ? ORDINAL : ''}other`;
}

/** @returns the needed forms that are not there: `['many']`; none for a key that is no plural */
export function missingPluralForms(
  key: string,
  locale: Locale,
  isThere: (key: string) => boolean,
): string[] {
  const plural = pluralKey(key);
  if (!plural) return [];
  const { family, form } = plural;
  return neededForms(locale, form).filter((needed) => !isThere(`${family}_${needed}`));
}

/** The plural forms that each locale needs, cardinal and ordinal ones. */
export const NEEDED_FORMS: readonly { readonly locale: Locale; readonly form: string }[] =
  LOCALES.flatMap((locale) =>
    ['other', 'ordinal_other'].flatMap((form) =>
      neededForms(locale, form).map((needed) => ({ locale, form: needed })),
    ),
  );

/** A stable order: by key, the forms of one text together and in CLDR's order. */
export function compareKeys(a: string, b: string): number {
  const [one, other] = [pluralKey(a), pluralKey(b)];
  const [left, right] = [one?.family ?? a, other?.family ?? b];
  if (left !== right) return left < right ? -1 : 1;
  return placeOf(one?.form) - placeOf(other?.form);
}

function placeOf(form: string | undefined): number {
  if (form === undefined) return -1;
  const category = form.slice(isOrdinal(form) ? ORDINAL.length : 0);
  return (
    CATEGORIES.findIndex((known) => known === category) + (isOrdinal(form) ? CATEGORIES.length : 0)
  );
}
