import { describe, expect, it } from '@jest/globals';
import { assert, integer, property, string } from 'fast-check';

import { excerptOf } from '../../../src/kernel/excerpt.js';

describe('an excerpt', () => {
  const rows: [text: string, maxLength: number, excerpt: string][] = [
    ['Ten Member States met.', 280, 'Ten Member States met.'],
    ['Ten Member States met.', 22, 'Ten Member States met.'],
    ['Ten Member States met.', 21, 'Ten Member States…'],
    ['Ten Member States met.', 18, 'Ten Member States…'],
    ['Ten Member States met.', 17, 'Ten Member…'],
    ['The States, however, met.', 21, 'The States, however…'],
    ['He said: “Everyone agreed.”', 20, 'He said: “Everyone…'],
    ['Reference of it: E-305/12 in English', 24, 'Reference of it…'],
    ['The programme cost $1.2 million', 22, 'The programme cost…'],
    ['La cybersécurité d’aujourd’hui', 22, 'La cybersécurité…'],
    ['Un montant de 10\u00a0000 dollars', 19, 'Un montant de…'],
    ['Il déclare\u00a0: «\u00a0Oui\u00a0» à tous', 22, 'Il déclare\u00a0: «\u00a0Oui…'],
    ['Anticonstitucionalissimamente', 20, 'Anticonstitucionali…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 25, '👩‍👩‍👧‍👦👩‍👩‍👧‍👦…'],
    ['', 20, ''],
  ];

  it.each(rows)('of %j in %i characters: %j', (text, maxLength, excerpt) => {
    expect(excerptOf(text, maxLength)).toBe(excerpt);
  });

  it('is never longer than requested, and always the beginning of the text', () => {
    assert(
      property(string({ maxLength: 400 }), integer({ min: 20, max: 300 }), (text, maxLength) => {
        const excerpt = excerptOf(text, maxLength);
        expect(excerpt.length).toBeLessThanOrEqual(maxLength);
        expect(text.startsWith(text.length <= maxLength ? excerpt : excerpt.slice(0, -1))).toBe(
          true,
        );
      }),
    );
  });
});
