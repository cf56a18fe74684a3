import { describe, expect, it } from '@jest/globals';

import { acceptedLanguages, languagesKey } from '../../../../src/platform/i18n/accept-language.js';

describe('Accept-Language', () => {
  const rows: [header: string | undefined, requested: string, refused: string][] = [
    [undefined, '', ''],
    ['', '', ''],
    ['*', '', ''],
    ['fr', 'fr', ''],
    ['FR-ca, fr;q=0.9, en;q=0.8', 'fr-CA fr en', ''],
    ['en;q=0.2, es;q=0.8, pt', 'pt es en', ''],
    ['pt, es;q=0.5, *;q=0.1', 'pt es', ''],
    // A weight of 0 refuses.
    ['fr;q=0', '', 'FR'],
    ['es;q=0, pt', 'pt', 'ES'],
    ['pt, es;q=0', 'pt', 'ES'],
    ['fr;q=0.0', '', 'FR'],
    ['fr;q=0.000', '', 'FR'],
    ['FR ; Q = 0', '', 'FR'],
    ['fra;q=0', '', 'FR'],
    ['es;q=0,fr;q=0', '', 'ES FR'],
    ['ht;q=0, en', 'en', ''],
    // So does the rest of the world, except what is requested.
    ['*;q=0', '', 'EN ES FR PT'],
    ['en, *;q=0', 'en', 'ES FR PT'],
    ['*;q=0, en;q=0.1', 'en', 'ES FR PT'],
    ['es-MX, *;q=0', 'es-MX', 'EN FR PT'],
    ['ht, *;q=0', 'ht', 'EN ES FR PT'],
    ['fr;q=0, *', '', 'FR'],
    ['fr;q=0, *;q=0.5', '', 'FR'],
    // No text is tagged fr-CA, so nothing is refused.
    ['fr-CA;q=0', '', ''],
    ['fr, fr-CA;q=0', 'fr', ''],
    ['pt-BR;q=0, en', 'en', ''],
    // The texts are tagged fr: Canadian French, but no other, cannot be had.
    ['fr-CA, fr;q=0', 'fr-CA', 'FR'],
    // Both at once: the requested one counts.
    ['fr, fr;q=0', 'fr', ''],
    // What is malformed is disregarded, and refuses nothing.
    ['fr;q=abc', '', ''],
    // A weight that is not there counts as none.
    ['fr;q=, es', 'fr es', ''],
    ['fr;q=-0.5, es', 'es', ''],
    ['fr_CA;q=0, en', 'en', ''],
    ['fr;q=0;x=1, en', 'en', ''],
    [';q=0, en', 'en', ''],
    ['fr-*;q=0, en', 'en', ''],
    ['i-klingon;q=0, x-foo;q=0, en', 'en', ''],
    ['e'.repeat(3000), '', ''],
    [`fr;q=0, ${'x'.repeat(2000)}`, '', ''],
  ];

  it.each(rows)('%j requests %j and refuses %j', (header, requested, refused) => {
    const found = acceptedLanguages(header);
    expect([found.requested.join(' '), found.refused.join(' ')]).toEqual([requested, refused]);
  });

  it('names readers alike exactly where they are alike', () => {
    const keys = ['', 'fr', 'fr;q=0', 'es;q=0', 'fr;q=0, es;q=0', 'pt, es;q=0', 'pt'].map(
      languagesKey,
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(languagesKey('es;q=0,fr;q=0.0')).toBe(languagesKey('fr;q=0, es;q=0'));
    expect(languagesKey('*;q=0.5, fr')).toBe(languagesKey('fr'));
  });
});
