import { expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, property, string, tuple } from 'fast-check';

import { TextMap } from '../../../../src/platform/cache/text-map.js';

const ALIKE = string({ unit: constantFrom('a', 'b', 'é'), maxLength: 5 });

it('holds what a map holds, whatever was put in and taken out', () => {
  const step = tuple(constantFrom('set' as const, 'delete' as const), ALIKE, integer());
  assert(
    property(array(step, { maxLength: 200 }), array(ALIKE), (steps, others) => {
      const map = new Map<string, number>();
      const texts = new TextMap<number>();
      for (const [name, text, value] of steps) {
        if (name === 'delete') {
          map.delete(text);
          texts.delete(text);
        } else {
          map.set(text, value);
          expect(texts.set(text, value)).toBe(true);
        }
      }
      for (const text of [...steps.map(([, one]) => one), ...others]) {
        expect(texts.get(text)).toBe(map.get(text));
      }
    }),
  );
});

it('finds requests that are alike but for one character, and those of one length in others', () => {
  const texts = new TextMap<number>();
  const requests = Array.from(
    { length: 5_000 },
    (_, number) =>
      `{"query":"${'query Detail '.repeat(70)}","variables":{"number":${1_000 + number}}}`,
  );
  for (const [number, text] of requests.entries()) expect(texts.set(text, number)).toBe(true);
  expect(requests.map((text) => texts.get(text))).toEqual([...requests.keys()]);
  expect(texts.get(requests[0]?.replace('1000', '9999') ?? '')).toBeUndefined();
});

it('takes no text that it could only find by looking at hundreds of characters', () => {
  const texts = new TextMap<number>();
  // Each differs from all before it in a place of its own.
  const hostile = Array.from(
    { length: 500 },
    (_, at) => `${'a'.repeat(at)}b${'a'.repeat(499 - at)}`,
  );
  const taken = hostile.filter((text, at) => texts.set(text, at));
  expect(taken.length).toBeLessThan(250);
  expect(taken.length).toBeGreaterThan(100);
  for (const [at, text] of hostile.entries()) {
    expect(texts.get(text)).toBe(taken.includes(text) ? at : undefined);
  }
});
