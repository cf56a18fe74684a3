import { LOCALES, type Locale } from '../../kernel/locale.js';
import { type PluralKeys, pluralKeysOf } from '../../kernel/plural-forms.js';
import { flattenTree, type MessageTree, treeOf } from '../../platform/i18n/message-tree.js';
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
 * The texts in use in each locale: those of the database override those that the program ships with. A stored text that
 * is invalid, or has placeholders that the program passes no values for, is ignored in favor of the shipped one.
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
 * The placeholders for which the program passes values.
 *
 * @returns null for a text that does not belong to the program
 */
export function programPlaceholders(
  shipped: Catalogs,
  namespace: string,
  key: string,
  locale: Locale,
): string[] | null {
  const tree = shipped.get(locale)?.get(namespace);
  if (isPublicNamespace(namespace) || !tree) return null;
  const found = programTexts.get(tree) ?? programTextsOf(tree);
  programTexts.set(tree, found);
  return found.placeholders.get(familyIn(found.pluralOf, key)) ?? null;
}

interface ProgramTexts {
  readonly pluralOf: PluralKeys;
  /** By the key of the text, without its plural form. */
  readonly placeholders: ReadonlyMap<string, string[]>;
}

/** Cached by the tree of a namespace in one locale: thousands of stored texts are compared with the same few. */
const programTexts = new WeakMap<object, ProgramTexts>();

function programTextsOf(tree: MessageTree): ProgramTexts {
  const texts = flattenTree(tree);
  const pluralOf = pluralKeysOf(texts);
  const families = new Map<string, string>();
  for (const [key, value] of texts) {
    const family = familyIn(pluralOf, key);
    families.set(family, `${families.get(family) ?? ''} ${value}`);
  }
  const placeholders = [...families].map(
    ([family, forms]) => [family, placeholdersOf(forms)] as const,
  );
  return { pluralOf, placeholders: new Map(placeholders) };
}

function familyIn(pluralOf: PluralKeys, key: string): string {
  return pluralOf(key)?.family ?? key;
}

function shippedTexts(shipped: Catalogs, namespace: string, locale: Locale): Map<string, string> {
  const tree = shipped.get(locale)?.get(namespace);
  return tree ? flattenTree(tree) : new Map<string, string>();
}
