import { expect, it } from '@jest/globals';

import type { ContextTerms } from '../../../../src/features/sync/context-terms.js';
import { shown, type SyncContext, type Trace } from '../../../../src/features/sync/shown.js';
import { type Locale, maskOf } from '../../../../src/kernel/locale.js';
import { RELEASE_TYPES } from '../../../../src/kernel/release.js';
import { Localizer } from '../../../../src/kernel/localizer.js';

const both = maskOf(['EN', 'FR']);
const english = maskOf(['EN']);

/** French has a title, but neither the summary nor the body of the English original. */
const trace: Trace = {
  type: 'PRESS_RELEASE',
  date: '2020-01-01',
  facts: {
    original: 'EN',
    published: both,
    withSummary: english,
    withBody: english,
    stale: 0,
    retracted: 0,
  },
  audiences: [],
  factsDigest: 'facts',
  textDigests: { EN: 'english', FR: 'french' },
};

function requiring(...locales: Locale[]): ContextTerms {
  const mask = maskOf(locales);
  const terms = {
    chain: ['FR' as const, 'EN' as const],
    languages: mask,
    withholds: false,
    days: [],
    masks: [mask],
  };
  return { order: ['EN', 'ES', 'FR', 'PT'], types: RELEASE_TYPES.map(() => 0), terms: [terms] };
}

const context = (coherence: 'FIELD' | 'RELEASE'): SyncContext => {
  return {
    reader: { requested: [], audience: 'CA', coherence },
    addressedTo: null,
    dateFrom: null,
  };
};

it('sees a rule that makes one field a fallback, though the title stays as requested', () => {
  const before = shown(trace, context('FIELD'), requiring('FR', 'EN'), new Localizer());
  const after = shown(trace, context('FIELD'), requiring('FR'), new Localizer());
  expect([before, after]).toMatchObject([
    { locale: 'FR', isFallback: false },
    { locale: 'FR', isFallback: false },
  ]);
  expect(after).not.toEqual(before);
});

it('sees no difference where the whole release comes in one language that is required all along', () => {
  const before = shown(trace, context('RELEASE'), requiring('EN', 'FR'), new Localizer());
  const after = shown(trace, context('RELEASE'), requiring('EN'), new Localizer());
  expect(before).toMatchObject({ locale: 'EN', isFallback: false });
  expect(after).toEqual(before);
});
