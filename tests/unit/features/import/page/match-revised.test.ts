import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  matchRevised,
  type KeyedBlock,
} from '../../../../../src/features/import/page/match-revised.js';
import type { Block } from '../../../../../src/kernel/rich-text/index.js';

const A = 'The states met in the capital for two days.';
const B = 'Each of them spoke about water and its price.';
const C = 'A second meeting is planned for the spring.';
const A2 = 'The states met in the capital for three long days.';
const B2 = 'Each of the ministers spoke about clean water and its price.';
const NEW = 'Nobody expected rain, yet umbrellas were sold out.';

function old(...texts: string[]): KeyedBlock[] {
  return texts.map((text, index) => ({ key: `b${index + 1}`, kind: 'PARAGRAPH', text }));
}

function next(...texts: string[]): Block[] {
  return texts.map((text) => ({ kind: 'PARAGRAPH', text }));
}

describe('matchRevised', () => {
  it.each<[string, (string | null)[], KeyedBlock[], Block[]]>([
    ['nothing', [], [], []],
    ['all new', [null, null], [], next(A, B)],
    ['all gone', [], old(A, B), []],
    ['unchanged', ['b1', 'b2', 'b3'], old(A, B, C), next(A, B, C)],
    ['one changed', ['b1', 'b2', 'b3'], old(A, B, C), next(A, B2, C)],
    ['two changed side by side', ['b1', 'b2', 'b3'], old(A, B, C), next(A2, B2, C)],
    ['one put in', ['b1', null, 'b2'], old(A, B), next(A, NEW, B)],
    [
      'one put in beside a changed one',
      ['b1', null, 'b2', 'b3'],
      old(A, B, C),
      next(A, NEW, B2, C),
    ],
    ['one taken out', ['b1', 'b3'], old(A, B, C), next(A, C)],
    ['one replaced', ['b1', null, 'b3'], old(A, B, C), next(A, NEW, C)],
    ['one moved', ['b3', 'b1', 'b2'], old(A, B, C), next(C, A, B)],
    ['one moved and one changed', ['b3', 'b1', 'b2'], old(A, B, C), next(C, A, B2)],
    ['the same text twice', ['b1', 'b2', 'b3'], old(A, A, B), next(A, A, B)],
    ['the same text once more', ['b1', null], old(A), next(A, A)],
    ['another kind', [null], old(A), [{ kind: 'QUOTE', text: A }]],
    ['split in two: the longer part goes on', ['b1', null], old(`${A} ${C}`), next(A, C)],
  ])('%s: %j', (_name, keys, before, after) => {
    expect(matchRevised(before, after)).toEqual(keys);
  });

  it('gives no key twice, and preserves all where nothing changed', () => {
    const texts = fc.array(fc.constantFrom(A, B, C, A2, B2, NEW), { maxLength: 8 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const keys = matchRevised(old(...before), next(...after)).filter((key) => key !== null);
        expect(new Set(keys).size).toBe(keys.length);
        const same = old(...before);
        expect(matchRevised(same, next(...before))).toEqual(same.map(({ key }) => key));
      }),
    );
  });

  it('is quick for long bodies without anything in common', () => {
    const many = (word: string): string[] =>
      Array.from({ length: 3_000 }, (_, n) => `${word} ${n}`);
    const start = performance.now();
    expect(matchRevised(old(...many('a')), next(...many('b')))).toHaveLength(3_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
