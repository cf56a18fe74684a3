import type { i18n } from 'i18next';

import { numberText } from '../../kernel/number-text.js';

/**
 * Replaces i18next's formats `{{n, number}}` and `{{names, list}}` with stricter ones, and adds `{{names, anyOf}}` for
 * alternatives. Those of i18next pass every variable of a text to Intl as an option and cache one formatter for each
 * set of values, without a limit, which would leak memory on a server.
 */
export function addFormats(translator: i18n): void {
  const numbers = new Map<string, Intl.NumberFormat>();
  const lists = new Map<string, Intl.ListFormat>();
  const alternatives = new Map<string, Intl.ListFormat>();
  const { formatter } = translator.services;

  formatter?.add('number', (value: unknown, tag: string | undefined) => {
    if (typeof value !== 'number') return String(value);
    return numberText(
      cached(numbers, tag, (tags) => new Intl.NumberFormat(tags)),
      value,
    );
  });
  formatter?.add('list', (value: unknown, tag: string | undefined) => {
    if (!Array.isArray(value)) return String(value);
    return cached(lists, tag, (tags) => new Intl.ListFormat(tags)).format(value.map(String));
  });
  formatter?.add('anyOf', (value: unknown, tag: string | undefined) => {
    if (!Array.isArray(value)) return String(value);
    const make = (tags: string) => new Intl.ListFormat(tags, { type: 'disjunction' });
    return cached(alternatives, tag, make).format(value.map(String));
  });
}

function cached<T>(known: Map<string, T>, tag: string | undefined, make: (tag: string) => T): T {
  if (tag === undefined) throw new Error('A format needs a locale');
  const found = known.get(tag) ?? make(tag);
  known.set(tag, found);
  return found;
}
