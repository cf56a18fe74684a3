import { describe, expect, it } from '@jest/globals';

import { LOCALES } from '../../../src/kernel/locale.js';
import {
  compareKeys,
  generalKey,
  keysBesides,
  missingPluralForms,
  neededForms,
  pluralKey,
} from '../../../src/kernel/plural-forms.js';

describe('a key', () => {
  it.each([
    ['files_one', 'files', 'one'],
    ['list.files_many', 'list.files', 'many'],
    ['place_ordinal_two', 'place', 'ordinal_two'],
    ['one_one_other', 'one_one', 'other'],
  ])('%s is a plural form', (key, family, form) => {
    expect(pluralKey(key)).toEqual({ family, form });
  });

  it.each(['files', 'phone', '_one', 'list._other', 'files_one.title', 'files_One', 'stone'])(
    '%s is none',
    (key) => {
      expect(pluralKey(key)).toBeNull();
      expect(keysBesides(key)).toEqual([key]);
      expect(generalKey(key)).toBe(key);
    },
  );

  it('comes with the forms that one of the four locales needs', () => {
    expect(keysBesides('files_one')).toEqual(['files_one', 'files_other', 'files_many']);
    expect(keysBesides('files_zero')).toContain('files_zero');
    expect(keysBesides('place_ordinal_one').sort()).toEqual(
      ['few', 'one', 'other', 'two'].map((form) => `place_ordinal_${form}`),
    );
  });

  it('has a general form', () => {
    expect(generalKey('files_many')).toBe('files_other');
    expect(generalKey('place_ordinal_few')).toBe('place_ordinal_other');
  });
});

describe('the forms of a locale', () => {
  it.each([
    ['EN', ['one', 'other'], ['one', 'two', 'few', 'other']],
    ['ES', ['one', 'many', 'other'], ['other']],
    ['FR', ['one', 'many', 'other'], ['one', 'other']],
    ['PT', ['one', 'many', 'other'], ['other']],
  ] as const)('%s, by CLDR', (locale, cardinal, ordinal) => {
    expect(neededForms(locale, 'other')).toEqual(cardinal);
    expect(neededForms(locale, 'ordinal_one')).toEqual(ordinal.map((form) => `ordinal_${form}`));
  });

  it('that are missing', () => {
    const there = new Set(['files_one', 'files_other']);
    const missing = LOCALES.map((l) => missingPluralForms('files_one', l, (k) => there.has(k)));
    expect(missing).toEqual([[], ['many'], ['many'], ['many']]);
    expect(missingPluralForms('title', 'FR', () => false)).toEqual([]);
  });
});

it('keys have one order, the forms of a text together', () => {
  const sorted = ['a', 'b_zero', 'b_one', 'b_many', 'b_other', 'b_ordinal_one', 'bb', 'c.a'];
  expect([...sorted].reverse().sort(compareKeys)).toEqual(sorted);
});
