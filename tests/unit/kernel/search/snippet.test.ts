import { describe, expect, it } from '@jest/globals';

import { snippetOf } from '../../../../src/kernel/search/snippet.js';

const rangeOf = (text: string, words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};

const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

function snippet(text: string, ...marks: string[]) {
  const { value, ranges } = snippetOf(
    text,
    marks.map((mark) => rangeOf(text, mark)),
  );
  return { value, marked: ranges.map(({ start, end }) => value.slice(start, end)) };
}

describe('a snippet', () => {
  it('of a short text is the text, in one line', () => {
    const text = 'First line.\n\nSecond\r\nline, the end.';
    expect(snippet(text, 'First', 'Second\r\nline', 'end')).toEqual({
      value: 'First line. Second line, the end.',
      marked: ['First', 'Second line', 'end'],
    });
  });

  it('is around the first match, cut between words', () => {
    const text = words(200);
    const { value, marked } = snippet(text, 'word100', 'word104', 'word199');
    expect(marked).toEqual(['word100', 'word104']);
    expect(value).toMatch(/^…word\d+ .* word\d+…$/);
    expect(value.length).toBeGreaterThanOrEqual(160);
    expect(value.length).toBeLessThanOrEqual(240);
  });

  it.each([0, 5, 20, 50, 150, 198, 199])('has enough of the text: word %i', (at) => {
    const { value, marked } = snippet(words(200), `word${at} `.trimEnd());
    expect(marked).toEqual([`word${at}`]);
    expect(value.length).toBeGreaterThanOrEqual(150);
    expect(value.length).toBeLessThanOrEqual(240);
    for (const word of value.match(/word\d+/g) ?? []) expect(words(200).split(' ')).toContain(word);
  });

  it('without a match is the beginning', () => {
    const { value, marked } = snippet(words(200));
    expect(value.startsWith('word0 word1 ')).toBe(true);
    expect(value.endsWith('…')).toBe(true);
    expect(value.length).toBeLessThanOrEqual(240);
    expect(marked).toEqual([]);
    expect(snippet('')).toEqual({ value: '', marked: [] });
  });

  it('cuts no character and no match short at its start', () => {
    const text = `${'x'.repeat(500)}👩‍👩‍👧 peace ${'y'.repeat(500)}`;
    const { value, marked } = snippet(text, 'peace');
    expect(marked).toEqual(['peace']);
    expect(value).toBe('…peace…');
    const long = snippet(`a ${'z'.repeat(600)} b`, 'z'.repeat(600));
    expect(long.marked).toHaveLength(1);
    expect(long.value.length).toBeLessThanOrEqual(240);
  });
});
