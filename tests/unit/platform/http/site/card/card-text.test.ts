import { describe, expect, it } from '@jest/globals';

import {
  drawable,
  shortened,
  unicodeRanges,
} from '../../../../../../src/platform/http/site/card/card-text.js';

describe('a long title', () => {
  it.each([
    ['Short', 20, 'Short'],
    ['Exactly twenty chars', 20, 'Exactly twenty chars'],
    ['Ministers meet in Lima today', 20, 'Ministers meet in…'],
    ['Ministers meet, in Lima today', 17, 'Ministers meet…'],
    ['A'.repeat(30), 20, `${'A'.repeat(19)}…`],
    // A family of four is one character for readers.
    ['👨‍👩‍👧‍👦'.repeat(5), 3, `${'👨‍👩‍👧‍👦'.repeat(2)}…`],
    ['e\u0301'.repeat(6), 4, `${'e\u0301'.repeat(3)}…`],
  ])('%s, in %d characters', (title, max, expected) => {
    expect(shortened(title, 'en', max)).toBe(expected);
  });
});

describe('characters that no font has', () => {
  const ranges = unicodeRanges('U+0020-00FF, U+2019,U+1e00-1e9f');

  it.each([
    ['Minister 文化 of 🎉 culture', 'Minister of culture'],
    ['En images\u202f: l’été', 'En images\u00a0: l’été'],
    ['e\u0301te\u0301', 'été'],
    ['\u200eRight\u200d\u0007', 'Right'],
    ['文化', ''],
  ])('%s', (text, expected) => {
    expect(drawable(text, ranges)).toBe(expected);
  });

  it('are those outside all ranges', () => {
    expect(ranges).toEqual([
      [0x20, 0xff],
      [0x2019, 0x2019],
      [0x1e00, 0x1e9f],
    ]);
  });
});
