import { LOCALES, type Locale } from '../../kernel/locale.js';
import { type PluralKeys, pluralKeysOf } from '../../kernel/plural-forms.js';
import { flattenTree, treeOf } from '../../platform/i18n/message-tree.js';
import type { Catalogs } from '../../platform/i18n/messages.js';
import type { EntryName } from './catalog.repository.js';
import {
  faultOfKey,
  faultOfPlaceholders,
  faultOfValue,
  isPublicNamespace,
} from './entry.policy.js';
import { placeholdersOf } from './placeholders.js';

type Text = EntryName & { readonly value: string };

/**
 * What is said in each locale: the database's texts over those that the program came with. One that could not be said,
 * or that the program has no values for, does not count: then its own text stands.
 */
export function effectiveTexts(shipped: Catalogs, stored: readonly Text[]): Catalogs {
  const namespaces = new Set(stored.map(({ namespace }) => namespace));
  for (const namespace of shipped.get(LOCALES[0])?.keys() ?? []) namespaces.add(namespace);
  const sorted = [...namespaces].sort();
  const perLocale = LOCALES.map((locale): [Locale, Map<string, Map<string, string>>] => [
    locale,
    new Map(sorted.map((namespace) => [namespace, shippedTexts(shipped, namespace, locale)])),
  ]);
  const texts = new Map(perLocale);
  for (const text of stored) {
    if (isUsable(shipped, text))
      texts.get(text.locale)?.get(text.namespace)?.set(text.key, text.value);
  }
  return new Map(
    perLocale.map(([locale, spaces]) => [
      locale,
      new Map([...spaces].map(([namespace, own]) => [namespace, treeOf(own)])),
    ]),
  );
}

function isUsable(shipped: Catalogs, { namespace, key, locale, value }: Text): boolean {
  if (faultOfKey(key) || faultOfValue(value)) return false;
  return !faultOfPlaceholders(key, value, programPlaceholders(shipped, namespace, key, locale));
}

/**
 * The placeholders for which the program itself has values.
 *
 * @returns null for a text that is not the program's own
 */
export function programPlaceholders(
  shipped: Catalogs,
  namespace: string,
  key: string,
  locale: Locale,
): string[] | null {
  if (isPublicNamespace(namespace)) return null;
  const own = shippedTexts(shipped, namespace, locale);
  const pluralOf = shippedPlurals(shipped, namespace, locale);
  const familyOf = (one: string): string => pluralOf(one)?.family ?? one;
  const texts = [...own].filter(([other]) => familyOf(other) === familyOf(key));
  return texts.length === 0 ? null : placeholdersOf(texts.map(([, value]) => value).join(' '));
}

const flattened = new WeakMap<object, Map<string, string>>();

/** A copy, to be changed. */
function shippedTexts(shipped: Catalogs, namespace: string, locale: Locale): Map<string, string> {
  const tree = shipped.get(locale)?.get(namespace);
  if (!tree) return new Map();
  const texts = flattened.get(tree) ?? flattenTree(tree);
  flattened.set(tree, texts);
  return new Map(texts);
}

const plurals = new WeakMap<object, PluralKeys>();

function shippedPlurals(shipped: Catalogs, namespace: string, locale: Locale): PluralKeys {
  const tree = shipped.get(locale)?.get(namespace);
  if (!tree) return () => null;
  const found = plurals.get(tree) ?? pluralKeysOf(shippedTexts(shipped, namespace, locale));
  plurals.set(tree, found);
  return found;
}
