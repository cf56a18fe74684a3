import { describe, expect, it } from '@jest/globals';
import { checkedSegments } from '../../../../src/features/release/original-input.policy.js';

const title = { kind: 'TITLE' as const, text: 'Canada\u0092s Strategy' };
const first = { key: 'b1', kind: 'PARAGRAPH' as const, text: 'The Minister\u0092s words.' };
const more = { kind: 'PARAGRAPH' as const, text: 'One paragraph more.' };

describe('an original that was let in with characters that are refused today', () => {
  const present = new Map([
    ['title', title.text],
    ['b1', first.text],
  ]);

  it('can be edited beside them', () => {
    const texts = checkedSegments([title, first, more], present).map(({ text }) => text);
    expect(texts).toEqual([title.text, first.text, more.text]);
  });

  it('takes no new ones', () => {
    const changed = { ...first, text: 'The Minister\u0092s other words.' };
    expect(() => checkedSegments([title, changed], present)).toThrow(
      expect.objectContaining({ reason: 'TEXT_UNPRINTABLE' }),
    );
    expect(() => checkedSegments([title], new Map())).toThrow();
  });
});
