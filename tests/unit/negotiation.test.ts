import { describe, expect, it } from '@jest/globals';

import { type Locale, LOCALES } from '../../src/kernel/locale.js';
import { isLanguageOf, matchLocale } from '../../src/kernel/negotiation.js';

/** Tag, the official language that serves its reader, and whether that is the very language of the tag. */
const ROWS: [tag: string, served: Locale | null, same: boolean][] = [
  ['en', 'EN', true],
  ['es', 'ES', true],
  ['fr', 'FR', true],
  ['pt', 'PT', true],
  ['en-US', 'EN', true],
  ['en-GB', 'EN', true],
  ['en-CA', 'EN', true],
  ['en-001', 'EN', true],
  ['en-gb-oed', 'EN', true],
  ['en-x-twain', 'EN', true],
  ['EN-us', 'EN', true],
  ['es-419', 'ES', true],
  ['es-MX', 'ES', true],
  ['es-u-co-trad', 'ES', true],
  ['es-Latn-419-valencia', 'ES', true],
  ['fr-CA', 'FR', true],
  ['fr-HT', 'FR', true],
  ['fr-Latn-CA', 'FR', true],
  ['pt-BR', 'PT', true],
  ['pt-PT', 'PT', true],
  ['pt-AO', 'PT', true],
  // CLDR's one-way pairs: the reader is served, but not in the language asked for.
  ['ht', 'FR', false],
  ['ht-HT', 'FR', false],
  ['qu', 'ES', false],
  ['qu-PE', 'ES', false],
  ['ay', 'ES', false],
  ['gn', 'ES', false],
  ['gn-PY', 'ES', false],
  // No way leads from these to one of the four.
  ['nl', null, false],
  ['nl-SR', null, false],
  ['srn', null, false],
  ['pap', null, false],
  ['de', null, false],
  ['it', null, false],
  ['zh', null, false],
  ['zh-Hant-TW', null, false],
  ['zh-min-nan', null, false],
  ['mul', null, false],
  ['zxx', null, false],
  ['qaa', null, false],
  // A region alone says which language is likely; nothing at all says nothing, above all not English.
  ['und-BR', 'PT', true],
  ['und-HT', 'FR', false],
  ['und-MX', 'ES', true],
  ['und-419', 'ES', true],
  ['und', null, false],
  ['und-Latn', null, false],
  ['und-x-foo', null, false],
  ['x-foo', null, false],
  ['x-en', null, false],
  ['i-klingon', null, false],
  ['i-default', null, false],
  ['sgn-be-fr', null, false],
  ['abcdefgh', null, false],
  ['root', null, false],
];

describe('language matching', () => {
  it.each(ROWS)('%s is served %s', (tag, served) => {
    expect(matchLocale(tag)).toBe(served);
    // An answer that is kept is the same answer.
    expect(matchLocale(tag)).toBe(served);
  });

  it.each(ROWS)('%s: what is served is its own language, or not', (tag, served, same) => {
    for (const locale of LOCALES) {
      expect([locale, isLanguageOf(tag, locale)]).toEqual([locale, same && locale === served]);
    }
  });
});
