import { describe, expect, it } from '@jest/globals';

import {
  type CopySettings,
  type CopyState,
  dateFromOf,
  missingLocales,
  obsoleteCopies,
  servingCopy,
} from '../../../../../src/web/app/copy/copy-state.js';

const HAITI: CopySettings = { locales: ['FR'], audience: 'HT', room: 'ALL' };
const CANADA: CopySettings = { ...HAITI, audience: 'CA' };

function copy(id: number, change: Partial<CopyState> = {}): CopyState {
  return {
    ...{ id, locale: 'FR', audience: 'HT', room: 'ALL', dateFrom: null, cursor: 'c' },
    ...{ total: 1, stored: 1, isComplete: true, isSuperseded: false, asOf: '2026-06-01T12:00:00Z' },
    ...change,
  };
}

describe('the first day of a copy', () => {
  it.each([
    ['YEAR', '2026-06-01', '2025-06-01'],
    ['FIVE_YEARS', '2026-06-01', '2021-06-01'],
    ['YEAR', '2028-02-29', '2027-02-28'],
    ['ALL', '2026-06-01', null],
  ] as const)('of %s on %s is %s', (room, today, expected) => {
    expect(dateFromOf(room, today)).toBe(expected);
  });
});

describe('copies', () => {
  it('are begun for each chosen language that has none for this reader', () => {
    expect(missingLocales([], { ...HAITI, locales: ['FR', 'ES'] })).toEqual(['ES', 'FR']);
    expect(missingLocales([copy(1)], { ...HAITI, locales: ['FR', 'ES'] })).toEqual(['ES']);
    expect(missingLocales([copy(1)], CANADA)).toEqual(['FR']);
    expect(missingLocales([copy(1, { isSuperseded: true })], HAITI)).toEqual(['FR']);
  });

  it('stay until all that replace them are complete', () => {
    const old = copy(1);
    const isComplete = false;
    expect(obsoleteCopies([old], CANADA)).toEqual([]);
    expect(obsoleteCopies([old, copy(2, { audience: 'CA', isComplete })], CANADA)).toEqual([]);
    expect(obsoleteCopies([old, copy(2, { audience: 'CA' })], CANADA)).toEqual([old]);
  });

  it('serve pages while the new one is incomplete, then the new one does', () => {
    const old = copy(1);
    const isComplete = false;
    expect(servingCopy([old, copy(2, { audience: 'CA', isComplete })], CANADA, 'FR')?.id).toBe(1);
    expect(servingCopy([old, copy(2, { audience: 'CA' })], CANADA, 'FR')?.id).toBe(2);
    expect(servingCopy([old], HAITI, 'ES')).toBeNull();
  });

  it('serve what a first copy has so far if there is nothing else', () => {
    expect(servingCopy([copy(1, { isComplete: false })], HAITI, 'FR')?.id).toBe(1);
    expect(servingCopy([copy(1, { isComplete: false, cursor: null })], HAITI, 'FR')).toBeNull();
  });
});
