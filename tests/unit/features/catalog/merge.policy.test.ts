import { describe, expect, it } from '@jest/globals';

import {
  carry,
  mergeText,
  type MergeOutcome,
} from '../../../../src/features/catalog/merge.policy.js';

type Row = [
  base: string | null,
  file: string | null,
  database: string | null,
  outcome: MergeOutcome,
];

const ROWS: readonly Row[] = [
  ['a', 'a', 'a', 'SAME'],
  [null, 'a', 'a', 'SAME'],
  ['a', 'b', 'b', 'SAME'],
  [null, null, null, 'SAME'],
  [null, 'a', null, 'FILE'],
  ['a', 'b', 'a', 'FILE'],
  ['a', null, 'a', 'FILE'],
  [null, null, 'a', 'DATABASE'],
  ['a', 'a', 'b', 'DATABASE'],
  ['a', 'b', 'c', 'CONFLICT'],
  [null, 'b', 'c', 'CONFLICT'],
  ['a', null, 'b', 'CONFLICT'],
];

describe('which side moved', () => {
  it.each(ROWS)('base %j, file %j, database %j: %s', (base, file, database, outcome) => {
    expect(mergeText({ base, file, database, fileIsEarlier: false, isEdited: true })).toBe(outcome);
  });

  it.each<[string, string, boolean, MergeOutcome]>([
    // Behind an edit that was pulled into another folder, and behind one that was pulled nowhere.
    ['b', 'b', true, 'DATABASE'],
    ['a', 'c', true, 'DATABASE'],
    // Changed back in the file, where the database has it from a file too.
    ['b', 'b', false, 'FILE'],
    ['a', 'c', false, 'DATABASE'],
  ])(
    'base %j, an earlier text in the file, database %j, edited %j: %s',
    (base, database, isEdited, outcome) => {
      expect(mergeText({ base, file: 'x', database, fileIsEarlier: true, isEdited })).toBe(outcome);
    },
  );
});

describe('carrying one side over to the other', () => {
  const texts = (base: string | null, file: string | null, database: string | null) => {
    return { base, file, database, fileIsEarlier: false, isEdited: true };
  };

  it('takes what is newer here, preserves what is newer there, and reports conflicts', () => {
    expect(carry(texts('a', 'b', 'a'), 'FILE', false)).toBe('TAKEN');
    expect(carry(texts('a', 'b', 'a'), 'DATABASE', false)).toBe('KEPT');
    expect(carry(texts('a', 'a', 'b'), 'FILE', false)).toBe('KEPT');
    expect(carry(texts('a', 'a', 'b'), 'DATABASE', false)).toBe('TAKEN');
    expect(carry(texts('a', 'b', 'c'), 'FILE', false)).toBe('CONFLICT');
    expect(carry(texts('a', 'a', 'a'), 'FILE', false)).toBe('UNCHANGED');
  });

  it('by force settles a conflict, and nothing else', () => {
    expect(carry(texts('a', 'b', 'c'), 'FILE', true)).toBe('TAKEN');
    expect(carry(texts('a', 'b', 'c'), 'DATABASE', true)).toBe('TAKEN');
    expect(carry(texts('a', 'a', 'b'), 'FILE', true)).toBe('KEPT');
  });
});
