import { describe, expect, it } from '@jest/globals';

import {
  faultOfKey,
  faultOfNamespace,
  faultOfPlaceholders,
  faultOfValue,
  isPublicNamespace,
} from '../../../../src/features/catalog/entry.policy.js';
import { placeholdersOf } from '../../../../src/features/catalog/placeholders.js';

describe('the name of a namespace', () => {
  it.each(['app', 'web-2', 'a', 'press-room-web', 'a'.repeat(40)])('%s is one', (name) => {
    expect(faultOfNamespace(name)).toBeNull();
  });

  it.each(['', '../x', 'a/b', '..', 'a.b', 'App', '2a', 'a--b', 'a-', 'é', 'a'.repeat(41), 'a\0'])(
    '%j is none',
    (name) => {
      expect(faultOfNamespace(name)?.reason).toBe('NAMESPACE_NAME_INVALID');
    },
  );

  it('errors and cli are the server’s own', () => {
    expect(['errors', 'cli', 'app', 'status', 'web'].map(isPublicNamespace)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('a key', () => {
  it.each([
    'title',
    'a.b.c',
    'AvailabilityStatus.COMPLETE',
    'with space',
    '404',
    'é',
    'constructors',
  ])('%s is one', (key) => expect(faultOfKey(key)).toBeNull());

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    '__proto__',
    'a.__proto__.b',
    'constructor',
    'x.prototype',
    'a:b',
    'a\0',
    'a\nb',
    'e\u0301',
    '\uD800',
    'a'.repeat(201),
  ])('%j is none', (key) => {
    expect(faultOfKey(key)?.reason).toBe('ENTRY_KEY_INVALID');
  });
});

describe('a value', () => {
  it.each([
    'A',
    'two\nlines',
    '{{count, number}} files',
    '{ "a": 1 }',
    '{{- html}}',
    'x'.repeat(10_000),
  ])('%j can be stored', (value) => expect(faultOfValue(value)).toBeNull());

  it.each([
    ['', 'ENTRY_VALUE_LENGTH'],
    ['x'.repeat(10_001), 'ENTRY_VALUE_LENGTH'],
    ['x'.repeat(1_000_000), 'ENTRY_VALUE_LENGTH'],
    ['a\0b', 'ENTRY_VALUE_CHARACTER'],
    ['a\tb', 'ENTRY_VALUE_CHARACTER'],
    ['a\u0085b', 'ENTRY_VALUE_CHARACTER'],
    ['\uDC00', 'ENTRY_VALUE_CHARACTER'],
    ['see $t(app:title)', 'ENTRY_VALUE_NESTED'],
    ['{{name', 'ENTRY_PLACEHOLDER_BROKEN'],
    ['name}}', 'ENTRY_PLACEHOLDER_BROKEN'],
    ['{{}}', 'ENTRY_PLACEHOLDER_BROKEN'],
    ['{{ }} x', 'ENTRY_PLACEHOLDER_BROKEN'],
  ])('%j cannot', (value, reason) => expect(faultOfValue(value)?.reason).toBe(reason));
});

describe('placeholders', () => {
  it.each([
    ['none', []],
    ['{{a}} and {{b}} and {{a}}', ['a', 'b']],
    ['{{ count,number }}', ['count, number']],
    ['{{names, list}}', ['names, list']],
  ])('of %s', (value, expected) => expect(placeholdersOf(value)).toEqual(expected));

  it.each([
    ['title', 'Hello {{name}}', ['name'], true],
    ['title', 'Hello', ['name'], false],
    ['title', 'Hello {{name}} {{age}}', ['name'], false],
    ['title', '{{n}}', ['n, number'], false],
    ['files_one', 'one file', ['count, number'], true],
    ['files_zero', 'no file', ['count'], true],
    ['files_one', 'one file', ['count, number', 'folder'], false],
    ['files_other', 'files', ['count, number'], false],
    ['files_many', 'files', ['count, number'], false],
    ['files_one', '{{count}} file', [], true],
    ['place_ordinal_one', 'first', ['count'], true],
    ['anything', '{{free}}', null, true],
  ] as const)('%s: “%s” for %j', (key, value, required, fits) => {
    expect(faultOfPlaceholders(key, value, required)?.reason).toBe(
      fits ? undefined : 'ENTRY_PLACEHOLDERS_DIFFER',
    );
  });
});
