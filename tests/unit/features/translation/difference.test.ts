import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  type DifferencePart,
  differenceBetween,
} from '../../../../src/features/translation/index.js';
import type { LocaleSegment } from '../../../../src/features/translation/index.js';

function segment(key: string, text: string | null, more: Partial<LocaleSegment> = {}) {
  return {
    key,
    kind: 'PARAGRAPH',
    own: false,
    afterKey: null,
    text,
    omitted: text === null,
    sourceDigest: 'd',
    origin: 'HUMAN',
    ...more,
  } as const;
}

const texts = (...pairs: [string, string | null][]) =>
  pairs.map(([key, text]) => segment(key, text));

const asLines = (parts: readonly DifferencePart[]) => {
  const signs = { EQUAL: '', DELETED: '-', INSERTED: '+' };
  return parts.map(({ kind, text }) => `${signs[kind]}${text}`);
};

const brief = (before: LocaleSegment[], after: LocaleSegment[]) =>
  differenceBetween(before, after, 'FR').map(({ key, change }) => `${key} ${change}`);

describe('which segments differ', () => {
  it.each([
    ['nothing', 'a b c', 'a b c', []],
    ['added', 'a c', 'a b c', ['b ADDED']],
    ['removed, where it stood', 'a b c', 'a c', ['b REMOVED']],
    ['removed from the front', 'a b', 'b', ['a REMOVED']],
    ['one moved to the front', 'a b c d', 'd a b c', ['d MOVED']],
    ['one moved to the end', 'a b c d', 'b c d a', ['a MOVED']],
    ['two changed places', 'a b c', 'c b a', ['c MOVED', 'b MOVED']],
    ['all at once', 'a b c d', 'd x a c', ['d MOVED', 'x ADDED', 'b REMOVED']],
    ['from nothing', '', 'a b', ['a ADDED', 'b ADDED']],
  ])('%s', (_, before, after, expected) => {
    const of = (keys: string) =>
      keys
        .split(' ')
        .filter(Boolean)
        .map((key) => segment(key, `Text of ${key}`));
    expect(brief(of(before), of(after))).toEqual(expected);
  });

  it('left out on purpose, made a heading, or rewritten is a change', () => {
    expect(brief(texts(['a', 'x']), texts(['a', null]))).toEqual(['a CHANGED']);
    expect(brief([segment('a', 'x')], [segment('a', 'x', { kind: 'HEADING' })])).toEqual([
      'a CHANGED',
    ]);
    expect(brief(texts(['a', 'x']), texts(['a', 'y']))).toEqual(['a CHANGED']);
  });

  it('another source, with the same words, is none', () => {
    expect(brief([segment('a', 'x')], [segment('a', 'x', { sourceDigest: 'e' })])).toEqual([]);
  });

  it('a segment of this locale alone that stands elsewhere has moved', () => {
    const own = (afterKey: string) => segment('fr-1', 'Encore.', { own: true, afterKey });
    const both = texts(['a', 'x'], ['b', 'y']);
    expect(brief([...both, own('a')], [...both, own('b')])).toHaveLength(1);
  });
});

describe('how a text differs', () => {
  const parts = (before: string, after: string) => {
    const [only] = differenceBetween(texts(['a', before]), texts(['a', after]), 'FR');
    return asLines(only?.parts ?? []);
  };

  it('is shown word by word', () => {
    expect(parts('Le chat dort ici.', 'Le chien dort là.')).toEqual([
      'Le ',
      '-chat',
      '+chien',
      ' dort ',
      '-ici',
      '+là',
      '.',
    ]);
  });

  it('takes neighbouring words together, with the blanks between', () => {
    expect(parts('un deux trois quatre', 'un zwei drei quatre')).toEqual([
      'un ',
      '-deux trois',
      '+zwei drei',
      ' quatre',
    ]);
  });

  it('of what was added or removed is all of it', () => {
    const [added] = differenceBetween([], texts(['a', 'Tout.']), 'FR');
    expect(asLines(added?.parts ?? [])).toEqual(['+Tout.']);
    const [removed] = differenceBetween(texts(['a', 'Tout.']), [], 'FR');
    expect([removed?.before, removed?.after, asLines(removed?.parts ?? [])]).toEqual([
      'Tout.',
      null,
      ['-Tout.'],
    ]);
  });

  it('always gives both texts back', () => {
    const word = fc.constantFrom('le', 'chat', ' ', '  ', '.', 'd’', 'été', '🙂', '\n', '*');
    const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [only] = differenceBetween(texts(['a', before]), texts(['a', after]), 'PT');
        if (before === after) return expect(only).toBeUndefined();
        const joined = (without: string) =>
          only?.parts
            .filter(({ kind }) => kind !== without)
            .map((part) => part.text)
            .join('');
        expect([joined('INSERTED'), joined('DELETED')]).toEqual([before, after]);
      }),
    );
  });

  it('is fast even for 500 long texts that have nothing in common', () => {
    const long = (sign: string) =>
      Array.from({ length: 4_000 }, (_, i) => `${sign}${i} `)
        .join('')
        .slice(0, 20_000);
    const all = (sign: string) =>
      Array.from({ length: 500 }, (_, i) => segment(`b${i}`, long(sign)));
    const [before, after] = [all('a'), all('z')];
    // Whatever else runs on the machine takes no time of this process.
    const begun = process.cpuUsage();
    expect(differenceBetween(before, after, 'ES')).toHaveLength(500);
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(2_000);
  });
});
