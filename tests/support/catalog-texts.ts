import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import type { MessageTree } from '../../src/platform/i18n/message-tree.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';

export const messages = loadMessages();

/** Paths, joined by dots, and their texts. */
export function flatten(tree: MessageTree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  );
}

function textsOf(locale: Locale): Map<string, string> {
  const all = messages.namespaces.flatMap((namespace) =>
    flatten(messages.bundle(namespace, locale) ?? {}, `${namespace}:`),
  );
  return new Map(all);
}

const CATALOGS = new Map(LOCALES.map((locale) => [locale, textsOf(locale)]));

/** All texts of a locale under `namespace:key`. */
export function catalog(locale: Locale): ReadonlyMap<string, string> {
  return CATALOGS.get(locale) ?? new Map<string, string>();
}

export const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Keys without their plural form. */
export function families(locale: Locale): string[] {
  return [...new Set([...catalog(locale).keys()].map((key) => key.replace(PLURAL, '')))].sort();
}

/** Replaces each placeholder by a letter, so that the text around it can be checked. */
export function withoutPlaceholders(text: string): string {
  return text.replaceAll(/\{\{.+?\}\}/g, 'x');
}
