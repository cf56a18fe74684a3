import { describe, expect, it } from '@jest/globals';

import {
  matchesVector,
  readTypedSearch,
  searchQuery,
  searchVector,
} from '../../../../src/kernel/search/index.js';

const VECTOR = searchVector(
  [
    { text: 'Mission électorale à Port-au-Prince', weight: 'A', codes: '9001/26' },
    { text: 'La cybersécurité des États', weight: 'B' },
    { text: 'Les droits de l’homme et la Charte de l’OEA. L’équipe salue Haïti.', weight: 'C' },
  ],
  'FR',
);

const finds = (typed: string, weights: ('A' | 'B' | 'C')[] = ['A', 'B', 'C']) =>
  matchesVector(searchQuery(readTypedSearch(typed), 'FR'), VECTOR, weights);

describe('a search in one index', () => {
  it.each([
    ['missions', true],
    ['mission haiti', true],
    ['mission brésil', false],
    ['mission OR brésil', true],
    ['mission -haïti', false],
    ['mission -brésil', true],
    ['"droits de l’homme"', true],
    ['"homme et droits"', false],
    ['"charte de l’OEA"', true],
    ['cyber-sécurité', true],
    ['9001/26', true],
    ['9001/27', false],
    ['la', false],
    ["l'équipe", true],
  ])('of %s finds it: %s', (typed, expected) => {
    expect(finds(typed)).toBe(expected);
  });

  it('sees only the parts that it is limited to', () => {
    expect(finds('mission', ['A'])).toBe(true);
    expect(finds('cybersécurité', ['A'])).toBe(false);
    expect(finds('mission cybersécurité', ['A', 'B'])).toBe(true);
    expect(finds('charte', ['A', 'B'])).toBe(false);
  });

  it('does not take a part of a word for the word', () => {
    const vector = searchVector([{ text: 'reconnaissance', weight: 'A' }], 'FR');
    expect(matchesVector({ kind: 'LEXEME', lexeme: 'connaiss' }, vector, ['A'])).toBe(false);
  });
});
