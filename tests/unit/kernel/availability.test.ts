import { describe, expect, it } from '@jest/globals';

import {
  availabilityFor,
  inChainOrder,
  translationStatus,
} from '../../../src/kernel/availability.js';
import { type ChainStep, LOCALES, type Locale, maskOf } from '../../../src/kernel/locale.js';
import type { AudienceTerms, PublishedLocales } from '../../../src/kernel/localization.js';
import { localesOf, published } from '../../support/published-locales.js';

function terms(chain: string, required: string, withholdsStale = false): AudienceTerms {
  const mask = maskOf(localesOf(required));
  return {
    chain: chain.split(' ') as ChainStep[],
    required: mask,
    languages: mask,
    withholdsStale,
  };
}

const TERMS = {
  HT: terms('FR ORIGINAL EN ES', 'FR'),
  'HT withholding': terms('FR ORIGINAL EN ES', 'FR', true),
  CA: terms('EN FR ORIGINAL ES', 'EN FR'),
  'CA withholding': terms('EN FR ORIGINAL ES', 'EN FR', true),
  BR: terms('PT ORIGINAL EN ES', 'PT'),
  SR: terms('EN ES ORIGINAL', 'EN'),
  // Before it joined or after it left: nothing is required, its languages are what they are.
  'NI no member': { ...terms('ES ORIGINAL EN', 'ES'), required: 0 },
  'no languages': terms('ES ORIGINAL', ''),
};

type Row = [
  release: string,
  audience: keyof typeof TERMS,
  status: string,
  served: string,
  missing: string,
];

describe('availability', () => {
  const rows: Row[] = [
    ['FR', 'HT', 'COMPLETE', 'FR', ''],
    ['EN FR', 'HT', 'COMPLETE', 'FR', ''],
    ['EN', 'HT', 'FALLBACK', 'EN', 'FR'],
    ['EN FR!retracted', 'HT', 'FALLBACK', 'EN', 'FR'],
    ['EN FR!part', 'HT', 'FALLBACK', 'EN', ''],
    ['EN FR!stale', 'HT', 'PARTIAL', 'FR', ''],
    ['EN FR!stale', 'HT withholding', 'FALLBACK', 'EN', ''],
    ['EN ES!stale FR', 'HT', 'COMPLETE', 'FR', ''],
    ['EN FR', 'CA', 'COMPLETE', 'EN', ''],
    ['ES EN FR', 'CA', 'COMPLETE', 'EN', ''],
    ['EN', 'CA', 'PARTIAL', 'EN', 'FR'],
    ['FR', 'CA', 'PARTIAL', 'FR', 'EN'],
    ['ES FR', 'CA', 'PARTIAL', 'FR', 'EN'],
    ['EN FR!part', 'CA', 'PARTIAL', 'EN', ''],
    ['EN FR!stale', 'CA', 'PARTIAL', 'EN', ''],
    ['FR EN!stale', 'CA', 'PARTIAL', 'EN', ''],
    ['FR EN!stale', 'CA withholding', 'PARTIAL', 'FR', ''],
    ['ES EN!stale FR!stale', 'CA withholding', 'FALLBACK', 'ES', ''],
    ['ES', 'CA', 'FALLBACK', 'ES', 'EN FR'],
    ['PT', 'CA', 'FALLBACK', 'PT', 'EN FR'],
    ['PT', 'BR', 'COMPLETE', 'PT', ''],
    ['PT', 'SR', 'FALLBACK', 'PT', 'EN'],
    ['ES', 'SR', 'FALLBACK', 'ES', 'EN'],
    ['EN', 'SR', 'COMPLETE', 'EN', ''],
    ['EN ES', 'NI no member', 'COMPLETE', 'ES', ''],
    ['EN ES!stale', 'NI no member', 'COMPLETE', 'ES', ''],
    ['EN', 'NI no member', 'FALLBACK', 'EN', ''],
    ['ES', 'no languages', 'COMPLETE', 'ES', ''],
    ['EN', 'no languages', 'COMPLETE', 'EN', ''],
    ['EN ES', 'no languages', 'FALLBACK', 'ES', ''],
  ];

  it.each(rows)('%s for %s: %s', (release, audience, status, served, missing) => {
    const found = availabilityFor(published(release), 'XX', TERMS[audience], LOCALES);
    expect(found).toMatchObject({
      status,
      resolution: { locale: served, requested: [], audience: 'XX', coherence: 'RELEASE' },
      missingRequired: localesOf(missing),
    });
  });

  it('is UNAVAILABLE where nothing may be served', () => {
    // The original of a public release is always there; data that contradicts this is an error.
    const nothing: PublishedLocales = {
      ...published('EN'),
      published: 0,
      withBody: 0,
      withSummary: 0,
    };
    const { status, resolution } = availabilityFor(nothing, 'CA', TERMS.CA, LOCALES);
    expect([status, resolution.locale, resolution.isFallback]).toEqual(['UNAVAILABLE', null, true]);
  });
});

describe('the public status of a locale', () => {
  const rows: [published: string, retracted: string, locale: Locale, status: string][] = [
    ['EN FR', '', 'FR', 'PUBLISHED'],
    ['EN', '', 'FR', 'NOT_PUBLISHED'],
    ['EN', 'FR', 'FR', 'RETRACTED'],
    ['EN', 'FR', 'ES', 'NOT_PUBLISHED'],
  ];

  it.each(rows)('published %j, retracted %j: %s is %s', (out, back, locale, status) => {
    const [there, taken] = [maskOf(localesOf(out)), maskOf(localesOf(back))];
    expect(translationStatus(locale, there, taken)).toBe(status);
  });
});

describe('all four locales in the order of a chain', () => {
  const rows: [chain: string, original: Locale, expected: string][] = [
    ['FR ORIGINAL EN ES', 'PT', 'FR PT EN ES'],
    ['FR ORIGINAL EN ES', 'EN', 'FR EN ES PT'],
    ['EN FR ORIGINAL ES', 'FR', 'EN FR ES PT'],
    ['EN ES ORIGINAL', 'PT', 'EN ES PT FR'],
    ['ORIGINAL', 'ES', 'ES EN FR PT'],
  ];

  it.each(rows)('%s with the original in %s', (chain, original, expected) => {
    const order = inChainOrder(chain.split(' ') as ChainStep[], original, LOCALES);
    expect(order.join(' ')).toBe(expected);
  });

  it('without a chain: the original, then the configured order', () => {
    expect(inChainOrder([], 'FR', ['PT', 'ES', 'EN', 'FR'])).toEqual(['FR', 'PT', 'ES', 'EN']);
  });
});
