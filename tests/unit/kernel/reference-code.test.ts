import { describe, expect, it } from '@jest/globals';

import { LOCALES } from '../../../src/kernel/locale.js';
import {
  codesIn,
  isReleaseNumber,
  parseReference,
  releaseCode,
} from '../../../src/kernel/reference-code.js';

describe('a reference', () => {
  it('names the language by a letter, which is not that of its name', () => {
    const references = LOCALES.map((locale) => releaseCode('305/12', locale));
    expect(references).toEqual(['E-305/12', 'C-305/12', 'F-305/12', 'P-305/12']);
  });

  it.each(['AVI-127/13', 'FNE-4622', 'FNF-21184', '14-0029'])('%s is one for all', (number) => {
    expect(LOCALES.map((locale) => releaseCode(number, locale))).toEqual(Array(4).fill(number));
  });

  const rows: [text: string, number: string, locale: string | null][] = [
    ['E-305/12', '305/12', 'EN'],
    ['C-337/12', '337/12', 'ES'],
    ['F-046/14', '046/14', 'FR'],
    ['P-305/12', '305/12', 'PT'],
    ['e-305/12', '305/12', 'EN'],
    [' E-305/12\n', '305/12', 'EN'],
    ['E-305%2F12', '305/12', 'EN'],
    ['p-305%2f12', '305/12', 'PT'],
    ['E‑305/12', '305/12', 'EN'],
    ['E–305/12', '305/12', 'EN'],
    ['305/12', '305/12', null],
    ['9001/26', '9001/26', null],
    ['AVI-127/13', 'AVI-127/13', null],
    ['avi-127%2F13', 'AVI-127/13', null],
    ['fne-4622', 'FNE-4622', null],
    ['14-0029', '14-0029', null],
  ];

  it.each(rows)('%j is of release %s', (text, number, locale) => {
    expect(parseReference(text)).toEqual({ number, locale });
    expect(isReleaseNumber(number)).toBe(true);
  });

  it('is found again from every number in every locale', () => {
    for (const locale of LOCALES) {
      expect(parseReference(releaseCode('012/15', locale))).toEqual({ number: '012/15', locale });
    }
  });

  const wrong = ['', 'E', 'E-', 'S-305/12', 'X-305/12', 'E-30/12', 'E-305/2012', 'E-305-12'];
  const others = [
    'E305/12',
    'EE-305/12',
    'AVI-/13',
    'FN-12',
    '140029',
    '305/12/13',
    "E-305/12' OR 1",
  ];

  it.each([...wrong, ...others])('%j is none', (text) => {
    expect(parseReference(text)).toBeNull();
  });
});

describe('the codes in a text', () => {
  const rows: [text: string, codes: string][] = [
    ['See E-305/12 and AVI-127/13.', 'e-305/12 305/12 avi-127/13'],
    ['Resolution AG/RES. 2438 (XXXIX-O/09)', 'xxxix-o/09'],
    ['AG/RES.2438', 'ag/res.2438'],
    ['E‑305/12, E–305/12', 'e-305/12 305/12'],
    ['14-0029', '14-0029'],
    ['cyber-crime and and/or 1.2 million in 2012', ''],
    ['', ''],
  ];

  it.each(rows)('%j: %j', (text, codes) => {
    expect(codesIn(text).join(' ')).toBe(codes);
  });

  it('are found in a time that grows with the text only', () => {
    const started = performance.now();
    expect(codesIn(`${'a'.repeat(200_000)} E-305/12`)).toEqual(['e-305/12', '305/12']);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
