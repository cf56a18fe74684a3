import { describe, expect, it } from '@jest/globals';
import { sample, property, assert, constantFrom, array, string } from 'fast-check';

import {
  canonicalTag,
  canonicalTags,
  intlTag,
  isWellFormedTag,
} from '../../../src/kernel/language-tag.js';

describe('a tag that is well formed', () => {
  const rows: [tag: string, canonical: string][] = [
    ['fr', 'fr'],
    ['EN-us', 'en-US'],
    ['FR-ca', 'fr-CA'],
    ['ES-419', 'es-419'],
    ['pt-pt', 'pt-PT'],
    ['zh-hANT-tw', 'zh-Hant-TW'],
    ['ht', 'ht'],
    ['fra', 'fr'],
    ['iw', 'he'],
    ['quz', 'qu'],
    ['de-ch-1901', 'de-CH-1901'],
    ['sl-rozaj-biske', 'sl-biske-rozaj'],
    ['es-u-co-trad', 'es-u-co-trad'],
    ['en-a-bbb-x-a-ccc', 'en-a-bbb-x-a-ccc'],
    ['de-1901-x-1901-1901', 'de-1901-x-1901-1901'],
    ['und', 'und'],
    ['und-br', 'und-BR'],
    ['x-foo', 'x-foo'],
    ['X-Foo-FOO', 'x-foo-foo'],
    ['i-Klingon', 'i-klingon'],
    ['zh-min-nan', 'zh-min-nan'],
    ['art-lojban', 'jbo'],
    ['aaa-bbb-ccc-ddd', 'aaa-bbb-ccc-ddd'],
    ['abcdefgh', 'abcdefgh'],
  ];

  it.each(rows)('%s is %s', (tag, canonical) => {
    expect(isWellFormedTag(tag)).toBe(true);
    expect(canonicalTag(tag)).toBe(canonical);
  });

  it('may be as long as 105 characters', () => {
    const maxLengthTag = `en-x${'-abcdefgh'.repeat(11)}-a`.padEnd(105, 'b');
    expect([maxLengthTag.length, isWellFormedTag(maxLengthTag)]).toEqual([105, true]);
    expect(isWellFormedTag(`${maxLengthTag}c`)).toBe(false);
  });
});

describe('a tag that is malformed', () => {
  const rows = [
    'fr_CA',
    '',
    'a',
    '*',
    '1',
    'e1',
    'en--US',
    'en-',
    '-en',
    'en-US-US',
    'en-US-GB',
    'en-latn-latn',
    'en-abcdefghi',
    'de-1901-1901',
    'de-DE-1901-1996-1901',
    'en-a-bb-a-cc',
    'en-a-bb-A-cc',
    'en-u',
    'en-x',
    'x',
    'x-',
    'x-123456789',
    'i-foo',
    'i-klingon-x',
    'aaa-bbb-ccc-ddd-eee',
    'fr CA',
    ' fr',
    'fr-CA ',
    'fr\n',
    'fr-CA\0',
    'français',
    'ｆｒ',
    'fr‑CA',
    'fr;q=0.5',
    'fr,en',
    '../../etc/passwd',
  ];

  it.each(rows)('%j', (tag) => {
    expect(isWellFormedTag(tag)).toBe(false);
    expect(() => canonicalTag(tag)).toThrow(
      expect.objectContaining({ reason: 'LANGUAGE_TAG_MALFORMED', vars: { value: tag } }),
    );
  });

  it('is named in the error, but not at any length', () => {
    expect(() => canonicalTag('a'.repeat(200))).toThrow(
      expect.objectContaining({ vars: { value: 'a'.repeat(40) } }),
    );
  });

  it('costs no time, however it is made', () => {
    const hostile = [`en-${'a-'.repeat(100_000)}`, `x-${'abcdefgh-'.repeat(100_000)}`];
    const started = performance.now();
    expect(hostile.map(isWellFormedTag)).toEqual([false, false]);
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('canonical tags', () => {
  it('preserve their order, each once', () => {
    expect(canonicalTags(['FR-ca', 'es', 'fr-CA', 'fra', 'fr', 'ES'])).toEqual([
      'fr-CA',
      'es',
      'fr',
    ]);
    expect(canonicalTags([])).toEqual([]);
  });

  it('are their own canonical form', () => {
    const subtags = array(constantFrom('fr', 'CA', 'Latn', '1901', 'u', 'co', 'x', '419', 'abc'), {
      minLength: 1,
      maxLength: 6,
    }).map((parts) => parts.join('-'));
    expect(sample(subtags, { seed: 1, numRuns: 300 }).some(isWellFormedTag)).toBe(true);
    assert(
      property(subtags, (tag) => {
        if (!isWellFormedTag(tag)) return;
        const canonical = canonicalTag(tag);
        expect(isWellFormedTag(canonical)).toBe(true);
        expect(canonicalTag(canonical)).toBe(canonical);
        expect(canonicalTag(tag.toUpperCase())).toBe(canonical);
      }),
    );
  });

  it('are found or refused, but never a surprise', () => {
    assert(
      property(string({ unit: 'grapheme-ascii', maxLength: 30 }), (text) => {
        if (isWellFormedTag(text)) expect(canonicalTag(text)).toMatch(/^[A-Za-z0-9-]+$/);
        else expect(() => canonicalTag(text)).toThrow('LANGUAGE_TAG_MALFORMED');
      }),
    );
  });
});

describe('the form that Intl accepts', () => {
  const rows: [tag: string, form: string | null][] = [
    ['fr-CA', 'fr-CA'],
    ['en-gb-oed', 'en-GB'],
    ['zh-min-nan', 'zh'],
    ['x-foo', null],
    ['i-klingon', null],
    ['abcd', null],
  ];

  it.each(rows)('of %s is %s', (tag, form) => {
    expect(intlTag(tag)).toBe(form);
  });
});
