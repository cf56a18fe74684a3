import { describe, expect, it } from '@jest/globals';

import { encodeCursor } from '../../../../../src/features/reading/cursor.js';
import {
  comparePositions,
  isOwnPosition,
  readPosition,
  writePosition,
} from '../../../../../src/web/app/offline/position.js';

const PLACE = { tier: 2, date: '2026-05-04', number: '9001/26' };

describe('a position in a list', () => {
  it('is read as it was written', () => {
    expect(readPosition(writePosition(PLACE))).toEqual(PLACE);
    expect(isOwnPosition(writePosition(PLACE))).toBe(true);
  });

  it('is read from a cursor of the server, so that its list goes on in the copy', () => {
    const cursor = encodeCursor('key', { part: 'LEAD', values: ['2026-05-04', '9001/26'] });
    expect(readPosition(cursor)).toEqual(PLACE);
    expect(isOwnPosition(cursor)).toBe(false);
  });

  it.each(['', 'x', 'bnVsbA', btoa('["key","L",[1,2]]')])('%j is none', (cursor) => {
    expect(readPosition(cursor)).toBeNull();
    expect(isOwnPosition(cursor)).toBe(false);
  });

  it('comes after better and newer ones', () => {
    const places = [
      { tier: 1, date: '2026-05-04', number: '9001/26' },
      { tier: 3, date: '2020-01-01', number: '1/20' },
      { tier: 1, date: '2026-05-05', number: '9000/26' },
      { tier: 1, date: '2026-05-04', number: '9002/26' },
    ];
    expect(places.sort(comparePositions).map(({ number }) => number)).toEqual([
      ...['1/20', '9000/26', '9002/26', '9001/26'],
    ]);
  });
});
