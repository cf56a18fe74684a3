import { describe, expect, it } from '@jest/globals';

import { type Locale, LOCALES } from '../../../src/kernel/locale.js';
import {
  isLanguageOf,
  isRequested,
  localesFor,
  matchLocale,
  matchLocales,
} from '../../../src/kernel/negotiation.js';

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
  // CLDR's one-way pairs: the reader is served, but not in the requested language.
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
  // A region alone implies a likely language; an empty list implies none, and not English.
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
    // A cached result is the same result.
    expect(matchLocale(tag)).toBe(served);
  });

  it.each(ROWS)('%s: what is served is its own language, or not', (tag, served, same) => {
    for (const locale of LOCALES) {
      expect([locale, isLanguageOf(tag, locale)]).toEqual([locale, same && locale === served]);
    }
  });
});

/** The whole list, the languages that serve its reader in order, and the one that it requests by name, if any. */
const LISTS: [tags: string, served: string, requested: Locale | null][] = [
  ['', '', null],
  ['fr', 'FR', 'FR'],
  ['fr en', 'FR EN', 'FR'],
  ['en fr', 'EN FR', 'EN'],
  ['fr es en pt', 'FR ES EN PT', 'FR'],
  // A language that only comes near loses against one that is there, one place later.
  ['ht en', 'EN FR', 'EN'],
  ['gl pt', 'PT ES', 'PT'],
  ['ca fr', 'FR ES', 'FR'],
  ['br pt', 'PT FR', 'PT'],
  ['eu en', 'EN ES', 'EN'],
  ['cy es', 'ES EN', 'ES'],
  ['qu pt', 'PT ES', 'PT'],
  ['ay gn pt', 'PT ES', 'PT'],
  ['gn en', 'EN ES', 'EN'],
  ['ht nl en', 'EN FR', 'EN'],
  ['nl ht de en', 'EN FR', 'EN'],
  ['ht fr', 'FR', 'FR'],
  ['fr ht', 'FR', 'FR'],
  ['ht fr-CA en', 'FR EN', 'FR'],
  ['ht-HT en-US fr', 'EN FR', 'EN'],
  ['gl es pt', 'ES PT', 'ES'],
  ['gl pt-PT es', 'PT ES', 'PT'],
  // Each place costs a little: a near language at the front wins over one that is far down.
  ['ht nl de it zh en', 'FR EN', null],
  ['gl it de nl pt', 'ES PT', null],
  // A region costs less than a place.
  ['fr-CA en', 'FR EN', 'FR'],
  ['fr-HT en-US', 'FR EN', 'FR'],
  ['es-419 en', 'ES EN', 'ES'],
  ['es-MX en-US', 'ES EN', 'ES'],
  ['pt-PT es', 'PT ES', 'PT'],
  ['pt-AO en', 'PT EN', 'PT'],
  ['en-JM es', 'EN ES', 'EN'],
  ['en-GB fr', 'EN FR', 'EN'],
  ['fr-Latn-CA en', 'FR EN', 'FR'],
  ['es-u-co-trad en', 'ES EN', 'ES'],
  ['en-x-twain es', 'EN ES', 'EN'],
  ['en-gb-oed fr', 'EN FR', 'EN'],
  ['und-BR en', 'PT EN', 'PT'],
  ['und-HT en', 'EN FR', 'EN'],
  // What matches nothing does not stand in the way.
  ['nl en', 'EN', 'EN'],
  ['nl fr en', 'FR EN', 'FR'],
  ['x-foo pt', 'PT', 'PT'],
  ['i-klingon und fr', 'FR', 'FR'],
  ['zh de nl', '', null],
  ['ht', 'FR', null],
  ['qu ay gn', 'ES', null],
  ['ht qu', 'FR ES', null],
];

describe('matching of a whole list', () => {
  it.each(LISTS)('%j is served %j', (tags, served) => {
    expect(matchLocales(split(tags)).join(' ')).toBe(served);
  });

  it.each(LISTS)('%j: %s, %s is the requested one', (tags, _served, requested) => {
    const found = LOCALES.filter((locale) => isRequested(locale, split(tags)));
    expect(found).toEqual(requested === null ? [] : [requested]);
  });
});

describe('a language that was refused', () => {
  const rows: [tags: string, refused: string, order: string, requested: Locale | null][] = [
    ['', 'FR', 'EN ES PT FR', null],
    ['', 'EN', 'ES FR PT EN', null],
    ['pt', 'ES', 'PT EN FR ES', 'PT'],
    ['en', 'ES FR PT', 'EN ES FR PT', 'EN'],
    ['', 'EN ES FR PT', 'EN ES FR PT', null],
    // Creole is served French, unless its reader wants none.
    ['ht', 'FR', 'EN ES PT FR', null],
    ['ht en', 'FR', 'EN ES PT FR', 'EN'],
    ['gl pt', 'ES', 'PT EN FR ES', 'PT'],
    ['gl pt', 'PT', 'ES EN FR PT', null],
    // The text is tagged fr, whatever the requested region.
    ['fr-CA en', 'FR', 'EN ES PT FR', 'EN'],
    ['nl', 'EN', 'ES FR PT EN', null],
  ];

  it.each(rows)('%j without %j: %j', (tags, refused, order) => {
    const not = split(refused) as Locale[];
    expect(localesFor(split(tags), LOCALES, not).join(' ')).toBe(order);
  });

  it.each(rows)('%j without %j: %j, of which %s is requested', (tags, refused, _order, best) => {
    const not = split(refused) as Locale[];
    const found = LOCALES.filter((locale) => isRequested(locale, split(tags), not));
    expect(found).toEqual(best === null ? [] : [best]);
  });
});

function split(list: string): string[] {
  return list.split(' ').filter(Boolean);
}
