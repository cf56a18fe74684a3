import { describe, expect, it } from '@jest/globals';

import { type ChainStep, LOCALES, type Locale, maskOf } from '../../../src/kernel/locale.js';
import {
  type AudienceTerms,
  type Coherence,
  localeNumber,
  localeOfNumber,
  localize,
  NO_TERMS,
  resolveLocale,
  wholeLocales,
} from '../../../src/kernel/localization.js';
import { localesOf, published } from '../../support/published-locales.js';

const withholding = (terms: AudienceTerms): AudienceTerms => ({ ...terms, withholdsStale: true });
const member = (chain: string, languages: string): AudienceTerms => ({
  chain: chain.split(' ') as ChainStep[],
  languages: maskOf(localesOf(languages)),
  required: maskOf(localesOf(languages)),
  withholdsStale: false,
});

const TERMS = {
  HT: member('FR ORIGINAL EN ES', 'FR'),
  'HT withholding': withholding(member('FR ORIGINAL EN ES', 'FR')),
  CA: member('EN FR ORIGINAL ES', 'EN FR'),
  // At the release's date the state was no member: nothing was required.
  'CA no member': { ...member('EN FR ORIGINAL ES', 'EN FR'), required: 0 },
  BR: member('PT ORIGINAL EN ES', 'PT'),
  SR: member('EN ES ORIGINAL', 'EN'),
  'NI no member': { ...member('ES ORIGINAL EN', 'ES'), required: 0 },
  'US withholding': withholding(member('EN ORIGINAL ES', 'EN')),
  'a state without languages': member('ES', ''),
  'a state without rules': NO_TERMS,
};
type Audience = keyof typeof TERMS | null;

function resolve(release: string, tags: string, audience: Audience, coherence: Coherence) {
  const requested = tags.split(' ').filter(Boolean);
  const terms = audience === null ? NO_TERMS : TERMS[audience];
  const reader = { requested, audience, coherence };
  return resolveLocale(published(release), reader, terms, LOCALES);
}

/** Served as requested (`FR`) or as a fallback (`FR, fallback`); the trail up to what is served. */
type Row = [release: string, tags: string, audience: Audience, served: string, trail: string];

function expectRow([release, tags, audience, served, trail]: Row, coherence: Coherence): void {
  const found = resolve(release, tags, audience, coherence);
  expect(`${found.locale}${found.isFallback ? ', fallback' : ''}`).toBe(served);
  const tried = found.trail.filter(({ outcome }) => outcome !== 'NOT_TRIED');
  expect(tried.map(({ locale, outcome }) => `${locale} ${outcome}`).join(', ')).toBe(trail);
  expect(found.trail.slice(0, tried.length)).toEqual(tried);
}

describe('RELEASE takes the first locale in which the whole release is there', () => {
  const rows: Row[] = [
    ['EN FR', 'fr', null, 'FR', 'FR SERVED'],
    ['EN FR', 'fr-CA', null, 'FR', 'FR SERVED'],
    ['EN', 'fr', null, 'EN, fallback', 'FR NOT_PUBLISHED, EN SERVED'],
    ['EN', 'fr en', null, 'EN, fallback', 'FR NOT_PUBLISHED, EN SERVED'],
    ['EN ES FR!retracted', 'fr es', null, 'ES, fallback', 'FR RETRACTED, ES SERVED'],
    ['EN FR!part ES', 'fr es', null, 'ES, fallback', 'FR INCOMPLETE, ES SERVED'],
    ['EN FR!stale', 'fr', null, 'FR', 'FR SERVED'],
    ['EN FR!stale', 'fr', 'HT', 'FR', 'FR SERVED'],
    ['EN FR!stale', 'fr', 'HT withholding', 'EN, fallback', 'FR STALE_WITHHELD, EN SERVED'],
    ['EN FR!part!stale', '', 'HT withholding', 'EN, fallback', 'FR INCOMPLETE, EN SERVED'],
    ['PT', '', null, 'PT', 'PT SERVED'],
    ['PT', 'es', null, 'PT, fallback', 'ES NOT_PUBLISHED, PT SERVED'],
    ['PT', '', 'CA', 'PT, fallback', 'EN NOT_PUBLISHED, FR NOT_PUBLISHED, PT SERVED'],
    ['PT EN!retracted', '', 'SR', 'PT, fallback', 'EN RETRACTED, ES NOT_PUBLISHED, PT SERVED'],
    ['EN FR', 'ht', null, 'FR, fallback', 'FR SERVED'],
    ['EN FR', 'ht fr', 'HT', 'FR', 'FR SERVED'],
    // The whole list is weighed: what it names wins over what only comes near.
    ['EN FR', 'ht en', null, 'EN', 'EN SERVED'],
    ['EN FR', 'ht en', 'HT', 'EN', 'EN SERVED'],
    ['ES FR', 'ht en', null, 'FR, fallback', 'EN NOT_PUBLISHED, FR SERVED'],
    ['ES', 'ht en', 'HT', 'ES, fallback', 'EN NOT_PUBLISHED, FR NOT_PUBLISHED, ES SERVED'],
    ['ES PT', 'gl pt', null, 'PT', 'PT SERVED'],
    ['ES EN', 'gl pt', null, 'ES, fallback', 'PT NOT_PUBLISHED, ES SERVED'],
    ['EN ES', 'nl en', null, 'EN', 'EN SERVED'],
    ['FR', 'nl en', null, 'FR, fallback', 'EN NOT_PUBLISHED, FR SERVED'],
    ['EN FR', 'x-foo fr', null, 'FR', 'FR SERVED'],
    ['EN ES', 'qu', null, 'ES, fallback', 'ES SERVED'],
    ['EN', 'nl', null, 'EN, fallback', 'EN SERVED'],
    ['EN', 'nl-SR', 'SR', 'EN, fallback', 'EN SERVED'],
    ['EN', 'und', null, 'EN, fallback', 'EN SERVED'],
    ['EN PT', 'pt-PT', null, 'PT', 'PT SERVED'],
    ['ES FR', '', 'CA', 'FR', 'EN NOT_PUBLISHED, FR SERVED'],
    ['EN FR', '', 'CA', 'EN', 'EN SERVED'],
    ['EN FR', 'fr', 'CA', 'FR', 'FR SERVED'],
    ['ES EN', 'fr', 'CA', 'EN, fallback', 'FR NOT_PUBLISHED, EN SERVED'],
    ['ES', '', 'SR', 'ES, fallback', 'EN NOT_PUBLISHED, ES SERVED'],
    ['EN ES', '', 'NI no member', 'ES', 'ES SERVED'],
    ['EN', '', 'NI no member', 'EN, fallback', 'ES NOT_PUBLISHED, EN SERVED'],
    ['EN', '', 'CA no member', 'EN', 'EN SERVED'],
    ['ES', '', 'a state without languages', 'ES', 'ES SERVED'],
    ['PT', '', 'a state without rules', 'PT', 'PT SERVED'],
    ['FR EN!stale PT!stale', '', 'US withholding', 'FR, fallback', 'EN STALE_WITHHELD, FR SERVED'],
  ];

  it.each(rows)('%s to %j, audience %s: %s', (...row) => expectRow(row, 'RELEASE'));
});

type RefusalRow = [
  release: string,
  tags: string,
  refused: string,
  audience: Audience,
  coherence: Coherence,
  served: string,
  chain: string,
];

describe('a language that was refused comes last, wherever it stood', () => {
  const rows: RefusalRow[] = [
    // As the original.
    ['FR EN', '', 'FR', null, 'RELEASE', 'EN, fallback', 'EN ES PT FR'],
    ['FR ES', '', 'FR', null, 'RELEASE', 'ES, fallback', 'EN ES PT FR'],
    ['FR', '', 'FR', null, 'RELEASE', 'FR, fallback', 'EN ES PT FR'],
    ['ES EN', '', 'FR', null, 'RELEASE', 'ES', 'ES EN PT FR'],
    ['ES PT EN', 'pt', 'ES', null, 'RELEASE', 'PT', 'PT EN FR ES'],
    ['ES EN', 'pt', 'ES', null, 'RELEASE', 'EN, fallback', 'PT EN FR ES'],
    // As the audience's own.
    ['EN FR ES', '', 'FR', 'HT', 'RELEASE', 'EN, fallback', 'EN ES PT FR'],
    ['PT FR', '', 'FR', 'HT', 'RELEASE', 'PT, fallback', 'PT EN ES FR'],
    ['EN FR', '', 'EN', 'CA', 'RELEASE', 'FR', 'FR ES PT EN'],
    // As what a requested tag matches.
    ['EN FR', 'ht', 'FR', null, 'RELEASE', 'EN, fallback', 'EN ES PT FR'],
    ['EN FR', 'ht en', 'FR', null, 'RELEASE', 'EN', 'EN ES PT FR'],
    ['EN FR', 'fr-CA en', 'FR', null, 'RELEASE', 'EN', 'EN ES PT FR'],
    // Several of them preserve their order.
    ['EN ES FR', 'en', 'ES FR PT', null, 'RELEASE', 'EN', 'EN ES FR PT'],
    ['ES FR', 'en', 'ES FR PT', 'HT', 'RELEASE', 'FR, fallback', 'EN FR ES PT'],
    ['ES FR', '', 'EN ES FR PT', 'HT', 'RELEASE', 'FR, fallback', 'FR ES EN PT'],
    ['ES FR', '', 'EN ES FR PT', null, 'RELEASE', 'ES, fallback', 'ES EN FR PT'],
    ['FR EN!part', '', 'FR', null, 'RELEASE', 'FR, fallback', 'EN ES PT FR'],
    ['FR EN!part', '', 'FR', null, 'FIELD', 'EN, fallback', 'EN ES PT FR'],
    // Under STRICT it is not served at all.
    ['EN FR', '', 'EN', null, 'STRICT', 'null, fallback', ''],
    ['EN FR', '', 'FR', null, 'STRICT', 'EN', 'EN'],
    ['EN FR', 'fr-CA en', 'FR', null, 'STRICT', 'EN', 'EN'],
    ['EN FR', 'ht', 'FR', null, 'STRICT', 'null, fallback', ''],
    ['EN FR', '', 'EN', 'CA', 'STRICT', 'FR', 'FR'],
    ['EN FR', '', 'FR', 'HT', 'STRICT', 'null, fallback', ''],
    ['EN FR', '', 'EN ES FR PT', null, 'STRICT', 'null, fallback', ''],
  ];

  it.each(rows)('%s to %j without %s, audience %s, %s: %s', (...row) => {
    const [release, tags, not, audience, coherence, served, chain] = row;
    const terms = audience === null ? NO_TERMS : TERMS[audience];
    const reader = { requested: tags.split(' ').filter(Boolean), audience, coherence };
    const refused = localesOf(not);
    const found = resolveLocale(published(release), { ...reader, refused }, terms, LOCALES);
    expect(`${found.locale}${found.isFallback ? ', fallback' : ''}`).toBe(served);
    expect(found.trail.map(({ locale }) => locale).join(' ')).toBe(chain);
    expect(found.refused).toEqual(refused);
  });
});

describe('FIELD takes the first locale that has anything', () => {
  const rows: Row[] = [
    ['EN FR!part', 'fr', null, 'FR', 'FR SERVED'],
    ['EN FR!part!stale', '', 'HT withholding', 'EN, fallback', 'FR STALE_WITHHELD, EN SERVED'],
    ['PT ES!retracted', 'es', 'BR', 'PT, fallback', 'ES RETRACTED, PT SERVED'],
  ];

  it.each(rows)('%s to %j, audience %s: %s', (...row) => expectRow(row, 'FIELD'));

  const fields: [tags: string, body: string, expected: Locale][] = [
    ['fr', 'EN FR', 'FR'],
    ['fr', 'EN', 'EN'],
    ['fr es', 'EN ES', 'ES'],
    ['nl', 'EN ES', 'EN'],
    // Without any body, an empty one in the locale of the title.
    ['fr', '', 'FR'],
  ];

  it.each(fields)('%j gets the body that is in %j from %s', (tags, body, expected) => {
    const reader = { requested: tags.split(' '), audience: null, coherence: 'FIELD' as const };
    const facts = { ...published('EN FR ES'), withBody: maskOf(localesOf(body)) };
    expect(localize(facts, reader, NO_TERMS, LOCALES).fields?.body.locale).toBe(expected);
  });

  it('passes over a field that is stale where the audience withholds that', () => {
    const reader = { requested: ['fr'], audience: 'HT', coherence: 'FIELD' as const };
    const facts = published('EN FR!stale');
    const body = (terms: AudienceTerms) => localize(facts, reader, terms, LOCALES).fields?.body;
    expect(body(TERMS['HT withholding'])).toEqual({ locale: 'EN', isFallback: true });
    expect(body(TERMS.HT)).toEqual({ locale: 'FR', isFallback: false });
  });
});

describe('STRICT serves what was requested, or nothing', () => {
  const rows: Row[] = [
    ['EN FR', 'fr', null, 'FR', 'FR SERVED'],
    ['EN FR', 'ht', null, 'FR, fallback', 'FR SERVED'],
    ['EN', 'fr', null, 'null, fallback', 'FR NOT_PUBLISHED'],
    [
      'EN PT!part FR!retracted',
      'fr es pt',
      'HT',
      'null, fallback',
      'FR RETRACTED, ES NOT_PUBLISHED, PT INCOMPLETE',
    ],
    ['EN FR!stale', 'fr', 'HT withholding', 'null, fallback', 'FR STALE_WITHHELD'],
    ['EN', 'nl', null, 'null, fallback', ''],
    ['EN ES', 'fr es pt', null, 'ES, fallback', 'FR NOT_PUBLISHED, ES SERVED'],
    ['ES FR', '', 'CA', 'FR', 'EN NOT_PUBLISHED, FR SERVED'],
    ['ES', '', 'CA', 'null, fallback', 'EN NOT_PUBLISHED, FR NOT_PUBLISHED'],
    ['ES', '', 'SR', 'null, fallback', 'EN NOT_PUBLISHED'],
    ['ES', '', null, 'ES', 'ES SERVED'],
  ];

  it.each(rows)('%s to %j, audience %s: %s', (...row) => expectRow(row, 'STRICT'));
});

it('reports what was understood of the reader', () => {
  const found = resolve('EN', 'fr-CA nl', 'HT', 'STRICT');
  expect(found).toMatchObject({
    requested: ['fr-CA', 'nl'],
    audience: 'HT',
    coherence: 'STRICT',
    locale: null,
    trail: [{ locale: 'FR', rule: 'REQUESTED', outcome: 'NOT_PUBLISHED' }],
  });
});

describe('a translation is whole where it has every field of the original', () => {
  const rows: [summary: string, body: string, whole: string][] = [
    ['EN FR', 'EN FR', 'EN FR'],
    ['EN', 'EN FR', 'EN'],
    ['EN FR', 'EN', 'EN'],
    ['', 'EN FR', 'EN FR'],
    ['FR', 'EN FR ES', 'EN ES FR'],
    ['', '', 'EN ES FR'],
  ];

  it.each(rows)('summary in %j, body in %j: %j', (summary, body, whole) => {
    const facts = published('EN ES FR');
    const [withSummary, withBody] = [maskOf(localesOf(summary)), maskOf(localesOf(body))];
    expect(wholeLocales({ ...facts, withSummary, withBody })).toBe(maskOf(localesOf(whole)));
  });
});

it('writes a locale as the number that it has in the database', () => {
  expect([null, ...LOCALES].map(localeNumber)).toEqual([0, 1, 2, 3, 4]);
  expect([0, 1, 2, 3, 4, 5].map(localeOfNumber)).toEqual([null, ...LOCALES, null]);
});
