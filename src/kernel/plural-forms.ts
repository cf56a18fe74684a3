import { LOCALES, type Locale, TAG_OF } from './locale.js';

/** In CLDR order. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

/**
 * The suffix of a key that may be a plural form (i18next JSON v4): `_one`, or `_ordinal_two` for ordinals.
 * {@link pluralKeysOf} decides whether it is. JavaScript and PostgreSQL interpret the pattern in the same way; the
 * character before the suffix belongs to the name.
 */
export const PLURAL_ENDING = `[^.]_((?:ordinal_)?(?:${CATEGORIES.join('|')}))$`;

/** Matches a text that contains its number: `{{count}}`, `{{- count}}`, `{{count, number}}`. Also the same in both. */
export const COUNT_PLACEHOLDER = '\\{\\{\\s*(-\\s*)?count\\s*(,|\\}\\})';

/** Besides `other`, at least one of these forms is required. None of the four locales has a cardinal `two` or `few`. */
export const BESIDE_OTHER = ['zero', 'one', 'many'] as const;

const ENDING = new RegExp(PLURAL_ENDING);
const COUNT = new RegExp(COUNT_PLACEHOLDER);

/** One form of a text that depends on a number. */
export interface PluralKey {
  /** The key that a program passes to i18next. */
  readonly family: string;
  /** `many`, or `ordinal_few`. */
  readonly form: string;
}

/** @returns null for a key without a plural suffix */
export function pluralKey(key: string): PluralKey | null {
  const form = ENDING.exec(key)?.[1];
  return form === undefined ? null : { family: key.slice(0, -form.length - 1), form };
}

/** Splits a key that is a plural form; null for any other key, including `step_one` ("First step"). */
export type PluralKeys = (key: string) => PluralKey | null;

/**
 * Decides which keys of a namespace are plural forms. A suffix alone is not enough: the text or one of its forms must
 * contain a `count`, or sibling forms must exist. Without `other`, i18next has no text for most numbers, so cardinals
 * require it; for ordinals, any two forms suffice.
 *
 * @param texts of one namespace, in all locales
 */
export function pluralKeysOf(texts: Iterable<readonly [key: string, value: string]>): PluralKeys {
  const groups = new Map<string, { readonly forms: Set<string>; usesCount: boolean }>();
  for (const [key, value] of texts) {
    const plural = pluralKey(key);
    if (!plural) continue;
    const id = groupOf(plural);
    const group = groups.get(id) ?? { forms: new Set(), usesCount: false };
    groups.set(id, group);
    group.forms.add(plural.form);
    group.usesCount ||= COUNT.test(value);
  }
  return (key) => {
    const plural = pluralKey(key);
    const group = plural && groups.get(groupOf(plural));
    if (!group) return null;
    return group.usesCount || areSiblings(plural.form, group.forms) ? plural : null;
  };
}

/** Cardinals and ordinals of the same name are two texts. */
function groupOf({ family, form }: PluralKey): string {
  return isOrdinal(form) ? `${family}_ordinal` : family;
}

function areSiblings(form: string, forms: ReadonlySet<string>): boolean {
  if (isOrdinal(form)) return forms.size > 1;
  return forms.has('other') && BESIDE_OTHER.some((beside) => forms.has(beside));
}

const ORDINAL = 'ordinal_';

function isOrdinal(form: string): boolean {
  return form.startsWith(ORDINAL);
}

/** The forms that a locale needs by CLDR, cardinal or ordinal like the given one, in CLDR order. */
export function neededForms(locale: Locale, form: string): string[] {
  const type = isOrdinal(form) ? 'ordinal' : 'cardinal';
  const { pluralCategories } = new Intl.PluralRules(TAG_OF[locale], { type }).resolvedOptions();
  const prefix = isOrdinal(form) ? ORDINAL : '';
  return CATEGORIES.filter((category) => pluralCategories.includes(category)).map(
    (category) => prefix + category,
  );
}

/** The keys of one text with plural forms: those that any of the four locales needs, including the given one. */
export function siblingKeys({ family, form }: PluralKey): string[] {
  const forms = LOCALES.flatMap((locale) => neededForms(locale, form));
  return [...new Set([form, ...forms])].map((one) => `${family}_${one}`);
}

/** All keys that could be a form of the same text, whichever locale needs them. */
export function possibleSiblings({ family, form }: PluralKey): string[] {
  const prefix = isOrdinal(form) ? ORDINAL : '';
  return CATEGORIES.map((category) => `${family}_${prefix}${category}`);
}

/** The key whose text is used for all forms that its locale does not have. */
export function generalKey({ family, form }: PluralKey): string {
  return `${family}_${isOrdinal(form) ? ORDINAL : ''}other`;
}

/** The plural forms that each locale needs, cardinal and ordinal ones. */
export const NEEDED_FORMS: readonly { readonly locale: Locale; readonly form: string }[] =
  LOCALES.flatMap((locale) =>
    ['other', 'ordinal_other'].flatMap((form) =>
      neededForms(locale, form).map((needed) => ({ locale, form: needed })),
    ),
  );

/** A stable order: by key, with the forms of one text together and in CLDR order. */
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
