import { describe, expect, it } from '@jest/globals';

import {
  compareKeys,
  generalKey,
  neededForms,
  pluralKey,
  pluralKeysOf,
  siblingKeys,
} from '../../../src/kernel/plural-forms.js';

describe('the ending of a key', () => {
  it.each([
    ['files_one', 'files', 'one'],
    ['list.files_many', 'list.files', 'many'],
    ['place_ordinal_two', 'place', 'ordinal_two'],
    ['one_one_other', 'one_one', 'other'],
  ])('%s may be a plural form', (key, family, form) => {
    expect(pluralKey(key)).toEqual({ family, form });
  });

  it.each(['files', 'phone', '_one', 'list._other', 'files_one.title', 'files_One', 'stone'])(
    '%s is none',
    (key) => {
      expect(pluralKey(key)).toBeNull();
    },
  );

  it('has siblings: the forms that one of the four locales needs', () => {
    const siblings = (form: string) => siblingKeys({ family: 'files', form });
    expect(siblings('one')).toEqual(['files_one', 'files_other', 'files_many']);
    expect(siblings('zero')).toContain('files_zero');
    expect(siblings('ordinal_one').sort()).toEqual(
      ['few', 'one', 'other', 'two'].map((form) => `files_ordinal_${form}`),
    );
  });

  it('has a general form', () => {
    expect(generalKey({ family: 'files', form: 'many' })).toBe('files_other');
    expect(generalKey({ family: 'place', form: 'ordinal_few' })).toBe('place_ordinal_other');
  });
});

describe('the keys that hold plural forms', () => {
  it.each<[texts: Record<string, string>, plural: string[]]>([
    [{ step_one: 'First step', phase_two: 'Second phase', and_other: 'And another' }, []],
    [{ step_one: 'First', step_two: 'Second', step_many: 'Many steps' }, []],
    [{ chapter_zero: 'Chapter zero', chapter_one: 'Chapter one' }, []],
    [{ phase_two: 'Second phase', phase_other: 'Other phases' }, []],
    [{ reason_other: 'Other reason', 'reason.none_other': 'No other' }, []],
    [{ files_one: 'One file', files_other: 'Files' }, ['files_one', 'files_other']],
    [{ files_zero: 'Nothing', files_other: 'Files' }, ['files_zero', 'files_other']],
    [{ files_many: 'De archivos', files_other: 'Archivos' }, ['files_many', 'files_other']],
    [{ files_one: '{{count}} file' }, ['files_one']],
    [{ 'list.files_other': '{{ count, number }} files' }, ['list.files_other']],
    [{ files_other: '{{- count}} files', files_two: 'A pair' }, ['files_other', 'files_two']],
    [{ files_other: '{{counter}} of {{discount}}' }, []],
    [{ files: '{{count}} files', files_one: 'File one' }, []],
    [{ friend_male_one: 'Him', friend_female_one: 'Her', friend_one: 'A friend' }, []],
    [
      { friend_male_one: 'Him', friend_male_other: 'They' },
      ['friend_male_one', 'friend_male_other'],
    ],
    [{ place_ordinal_one: '{{count}}st' }, ['place_ordinal_one']],
    [
      { place_ordinal_one: 'first', place_ordinal_two: 'second' },
      ['place_ordinal_one', 'place_ordinal_two'],
    ],
    [{ place_ordinal_one: 'first', place_other: 'Other places' }, []],
  ])('%j: %j', (texts, plural) => {
    const pluralOf = pluralKeysOf(Object.entries(texts));
    expect(Object.keys(texts).filter((key) => pluralOf(key) !== null)).toEqual(plural);
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
});

it('keys have one order, the forms of a text together', () => {
  const sorted = ['a', 'b_zero', 'b_one', 'b_many', 'b_other', 'b_ordinal_one', 'bb', 'c.a'];
  expect([...sorted].reverse().sort(compareKeys)).toEqual(sorted);
});
