import { expect, it } from '@jest/globals';

import { MatchFinder } from '../../../../src/kernel/search/match-finder.js';

const PARAGRAPHS = [
  'The Council met in Washington.',
  'Observers will visit each polling station.',
  'The observers report to the Secretary General.',
];
const BODY = PARAGRAPHS.join('\n\n');

function marked(search: string, length: number): string[] {
  const ranges = MatchFinder.of(search)?.firstRangesIn(BODY, 'EN', length) ?? [];
  return ranges.map(({ start, end }) => BODY.slice(start, end));
}

it('finds the ranges that a snippet around the first one can show', () => {
  expect(marked('observers', 240)).toEqual(['Observers', 'observers']);
  expect(marked('observers', 20)).toEqual(['Observers']);
  expect(marked('council', 20)).toEqual(['Council']);
});

it('finds a phrase that ends in the next paragraph, as the search does', () => {
  expect(marked('"polling station the observers"', 20)).toEqual([
    'polling station.\n\nThe observers',
  ]);
});

it('finds nothing in a text without the words', () => {
  expect(marked('hurricane', 240)).toEqual([]);
});
