import { describe, expect, it } from '@jest/globals';

import { type ChainStep, type Locale, LOCALES, maskOf } from '../../../src/kernel/locale.js';
import {
  type AudienceTerms,
  chainFor,
  type Coherence,
  NO_TERMS,
  readerChain,
} from '../../../src/kernel/localization.js';
import { localesOf } from '../../support/published-locales.js';

const terms = (chain: string, languages: string): AudienceTerms => ({
  ...NO_TERMS,
  chain: chain.split(' ') as ChainStep[],
  languages: maskOf(localesOf(languages)),
});
const HAITI = terms('FR ORIGINAL EN ES', 'FR');
const CANADA = terms('EN FR ORIGINAL ES', 'EN FR');
const BRAZIL = terms('PT ORIGINAL EN ES', 'PT');
const SURINAME = terms('EN ES ORIGINAL', 'EN');
const NOBODYS = terms('ES ORIGINAL', '');

function chain(tags: string, audience: AudienceTerms | null, coherence: Coherence = 'RELEASE') {
  const requested = tags.split(' ').filter(Boolean);
  const reader = { requested, audience: audience && 'XX', coherence };
  return readerChain(reader, audience ?? NO_TERMS, LOCALES);
}

const written = (links: readonly { step: ChainStep; rule: string }[]): string =>
  links.map(({ step, rule }) => `${step} ${rule.slice(0, 3)}`).join(', ');

describe('the chain of a reader', () => {
  const rows: [tags: string, audience: AudienceTerms | null, chain: string][] = [
    ['', null, 'ORIGINAL ORI, EN DEF, ES DEF, FR DEF, PT DEF'],
    ['fr', null, 'FR REQ, ORIGINAL ORI, EN DEF, ES DEF, PT DEF'],
    ['pt-PT es-419', null, 'PT REQ, ES REQ, ORIGINAL ORI, EN DEF, FR DEF'],
    ['fr-CA fr fr-HT', null, 'FR REQ, ORIGINAL ORI, EN DEF, ES DEF, PT DEF'],
    ['ht', null, 'FR REQ, ORIGINAL ORI, EN DEF, ES DEF, PT DEF'],
    ['ht es', null, 'ES REQ, FR REQ, ORIGINAL ORI, EN DEF, PT DEF'],
    ['ht en', null, 'EN REQ, FR REQ, ORIGINAL ORI, ES DEF, PT DEF'],
    ['gl pt', null, 'PT REQ, ES REQ, ORIGINAL ORI, EN DEF, FR DEF'],
    ['ht en', HAITI, 'EN REQ, FR REQ, ORIGINAL ORI, ES AUD, PT DEF'],
    ['qu ay gn', null, 'ES REQ, ORIGINAL ORI, EN DEF, FR DEF, PT DEF'],
    ['nl zh x-foo i-klingon und', null, 'ORIGINAL ORI, EN DEF, ES DEF, FR DEF, PT DEF'],
    ['nl pt', null, 'PT REQ, ORIGINAL ORI, EN DEF, ES DEF, FR DEF'],
    ['pt fr es en', null, 'PT REQ, FR REQ, ES REQ, EN REQ, ORIGINAL ORI'],
    ['', HAITI, 'FR AUD, ORIGINAL ORI, EN AUD, ES AUD, PT DEF'],
    ['', CANADA, 'EN AUD, FR AUD, ORIGINAL ORI, ES AUD, PT DEF'],
    ['fr', CANADA, 'FR REQ, EN AUD, ORIGINAL ORI, ES AUD, PT DEF'],
    ['', BRAZIL, 'PT AUD, ORIGINAL ORI, EN AUD, ES AUD, FR DEF'],
    ['', SURINAME, 'EN AUD, ES AUD, ORIGINAL ORI, FR DEF, PT DEF'],
    ['nl-SR', SURINAME, 'EN AUD, ES AUD, ORIGINAL ORI, FR DEF, PT DEF'],
    ['es', BRAZIL, 'ES REQ, PT AUD, ORIGINAL ORI, EN AUD, FR DEF'],
  ];

  it.each(rows)('of %j for %j', (tags, audience, expected) => {
    expect(written(chain(tags, audience))).toBe(expected);
    expect(written(chain(tags, audience, 'FIELD'))).toBe(expected);
  });

  it('ends in the configured order, whatever that is', () => {
    const order: Locale[] = ['PT', 'FR', 'ES', 'EN'];
    const reader = { requested: ['es'], audience: null, coherence: 'RELEASE' as const };
    expect(written(readerChain(reader, NO_TERMS, order))).toBe(
      'ES REQ, ORIGINAL ORI, PT DEF, FR DEF, EN DEF',
    );
  });
});

describe('the chain of a strict reader', () => {
  const rows: [tags: string, audience: AudienceTerms | null, chain: string][] = [
    ['fr', null, 'FR REQ'],
    ['fr pt', HAITI, 'FR REQ, PT REQ'],
    ['ht', null, 'FR REQ'],
    ['ht en', null, 'EN REQ, FR REQ'],
    ['nl', null, ''],
    ['nl', CANADA, ''],
    ['', CANADA, 'EN AUD, FR AUD'],
    ['', HAITI, 'FR AUD'],
    ['', SURINAME, 'EN AUD'],
    ['', NOBODYS, 'ORIGINAL ORI'],
    ['', null, 'ORIGINAL ORI'],
  ];

  it.each(rows)('of %j for %j', (tags, audience, expected) => {
    expect(written(chain(tags, audience, 'STRICT'))).toBe(expected);
  });
});

describe('the chain for one release', () => {
  const rows: [tags: string, audience: AudienceTerms | null, original: Locale, chain: string][] = [
    ['', null, 'PT', 'PT ORI, EN DEF, ES DEF, FR DEF'],
    ['fr', null, 'FR', 'FR REQ, EN DEF, ES DEF, PT DEF'],
    ['fr', null, 'ES', 'FR REQ, ES ORI, EN DEF, PT DEF'],
    ['', HAITI, 'ES', 'FR AUD, ES ORI, EN AUD, PT DEF'],
    ['', HAITI, 'FR', 'FR AUD, EN AUD, ES AUD, PT DEF'],
    ['', SURINAME, 'EN', 'EN AUD, ES AUD, FR DEF, PT DEF'],
    ['', SURINAME, 'PT', 'EN AUD, ES AUD, PT ORI, FR DEF'],
    ['en', CANADA, 'FR', 'EN REQ, FR AUD, ES AUD, PT DEF'],
  ];

  it.each(rows)('of %j for %j with the original in %s', (tags, audience, original, expected) => {
    const reader = { requested: [], audience: null, coherence: 'RELEASE' as const };
    const links = chainFor(chain(tags, audience), original, reader);
    expect(written(links.map(({ locale, rule }) => ({ step: locale, rule })))).toBe(expected);
  });
});
