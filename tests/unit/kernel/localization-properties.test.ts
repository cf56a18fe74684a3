import { describe, expect, it } from '@jest/globals';
import {
  assert,
  constantFrom,
  property,
  record,
  shuffledSubarray,
  subarray,
  uniqueArray,
} from 'fast-check';

import { availabilityFor } from '../../../src/kernel/availability.js';
import { canonicalTags } from '../../../src/kernel/language-tag.js';
import { CHAIN_STEPS, inMask, LOCALES, maskOf } from '../../../src/kernel/locale.js';
import {
  type AudienceTerms,
  COHERENCES,
  decisionTable,
  isFallback,
  localeNumber,
  localize,
  type PublishedLocales,
  resolveLocale,
  servable,
  wholeLocales,
} from '../../../src/kernel/localization.js';
import { matchLocales } from '../../../src/kernel/negotiation.js';
import { everyRelease } from '../../support/published-locales.js';

const TAGS = [
  'en',
  'en-GB',
  'es-419',
  'fr-CA',
  'pt-PT',
  'fr',
  'ht',
  'qu',
  'nl',
  'und',
  'x-foo',
  'zh',
];
const anyRelease = constantFrom(...everyRelease());
const anyReader = record({
  requested: uniqueArray(constantFrom(...TAGS), { maxLength: 5 }).map(canonicalTags),
  audience: constantFrom('HT', null),
  coherence: constantFrom(...COHERENCES),
  refused: subarray([...LOCALES]),
});
const anyOrder = shuffledSubarray([...LOCALES], { minLength: 4 });
const anyTerms = record({
  chain: shuffledSubarray([...CHAIN_STEPS]),
  required: shuffledSubarray([...LOCALES]).map(maskOf),
  languages: shuffledSubarray([...LOCALES]).map(maskOf),
  withholdsStale: constantFrom(true, false),
});

type Case = [PublishedLocales, Parameters<typeof resolveLocale>[1], AudienceTerms];

function always(claim: (found: ReturnType<typeof resolveLocale>, ...given: Case) => void): void {
  assert(
    property(anyRelease, anyReader, anyTerms, anyOrder, (facts, reader, terms, order) => {
      claim(resolveLocale(facts, reader, terms, order), facts, reader, terms);
    }),
    { numRuns: 300 },
  );
}

describe('whatever is published, for every reader', () => {
  it('what is served is published, and whole unless fields are filled one by one', () => {
    always(({ locale, coherence }, facts) => {
      if (locale === null) return;
      expect(inMask(facts.published, locale)).toBe(true);
      if (coherence !== 'FIELD') expect(inMask(wholeLocales(facts), locale)).toBe(true);
    });
  });

  it('nothing stale is served to an audience that withholds it', () => {
    always(({ locale }, facts, _reader, { withholdsStale }) => {
      if (locale !== null && withholdsStale) expect(inMask(facts.stale, locale)).toBe(false);
    });
  });

  it('the trail has one step SERVED, which is the locale served, and stops trying there', () => {
    always(({ locale, trail }) => {
      const outcomes = trail.map(({ outcome }) => outcome);
      const at = outcomes.indexOf('SERVED');
      expect(trail[at]?.locale ?? null).toBe(locale);
      expect(outcomes.filter((outcome) => outcome === 'SERVED')).toHaveLength(locale ? 1 : 0);
      const reached = at < 0 ? outcomes.length : at;
      expect(outcomes.slice(0, reached)).not.toContain('NOT_TRIED');
      expect(outcomes.slice(reached + 1).filter((outcome) => outcome !== 'NOT_TRIED')).toEqual([]);
    });
  });

  it('the trail has each locale once: all four, but under STRICT the requested ones', () => {
    always(({ coherence, trail }) => {
      const locales = trail.map(({ locale }) => locale);
      expect(new Set(locales).size).toBe(locales.length);
      if (coherence !== 'STRICT') expect([...locales].sort()).toEqual(LOCALES);
    });
  });

  it('something is served, because the original is there; only STRICT serves nothing', () => {
    always(({ coherence, locale }) => {
      if (coherence !== 'STRICT') expect(locale).not.toBeNull();
    });
  });

  it('STRICT never serves what was not requested', () => {
    always(({ coherence, locale }, facts, { requested, audience }, { languages }) => {
      if (coherence !== 'STRICT' || locale === null) return;
      if (requested.length > 0) expect(matchLocales(requested)).toContain(locale);
      else if (audience !== null && languages !== 0) expect(inMask(languages, locale)).toBe(true);
      else expect(locale).toBe(facts.original);
    });
  });

  it('what was refused is a fallback, served only where nothing else can be, and never under STRICT', () => {
    always(({ locale, coherence, isFallback: flag }, facts, { refused }, terms) => {
      if (locale === null || !refused?.includes(locale)) return;
      expect([flag, coherence]).toEqual([true, expect.not.stringMatching('STRICT')]);
      const wanted = coherence === 'FIELD' ? facts.published : wholeLocales(facts);
      const others = LOCALES.filter((other) => !refused.includes(other));
      for (const other of others) {
        expect(inMask(servable(facts, wanted, terms), other)).toBe(false);
      }
    });
  });

  it('the best match of the request is served where it can be', () => {
    always(({ locale }, facts, reader, terms) => {
      const { refused = [] } = reader;
      const [first] = matchLocales(reader.requested).filter((locale) => !refused.includes(locale));
      const wanted = reader.coherence === 'FIELD' ? facts.published : wholeLocales(facts);
      if (first && inMask(servable(facts, wanted, terms), first)) expect(locale).toBe(first);
    });
  });

  it('the flag is the rule for what is served, and nothing served is a fallback', () => {
    always(({ locale, isFallback: flag }, facts, reader, terms) => {
      expect(flag).toBe(isFallback(locale, facts.original, reader, terms));
      if (locale === null) expect(flag).toBe(true);
    });
  });
});

describe('the decision in other forms is the same decision', () => {
  it('as a table for SQL', () => {
    assert(
      property(anyRelease, anyReader, anyTerms, anyOrder, (facts, reader, terms, order) => {
        const wanted = reader.coherence === 'FIELD' ? facts.published : wholeLocales(facts);
        const place = LOCALES.indexOf(facts.original) * 16 + servable(facts, wanted, terms);
        const { locale } = resolveLocale(facts, reader, terms, order);
        expect(decisionTable(reader, terms, order)[place]).toBe(localeNumber(locale));
      }),
    );
  });

  it('for a field that every locale has', () => {
    assert(
      property(anyRelease, anyReader, anyTerms, anyOrder, (facts, reader, terms, order) => {
        const field = { ...reader, coherence: 'FIELD' as const };
        const { resolution, fields } = localize(facts, field, terms, order);
        expect(fields?.title.locale ?? null).toBe(resolution.locale);
      }),
    );
  });
});

describe('availability', () => {
  it('agrees with what is served and with what is missing', () => {
    assert(
      property(anyRelease, anyTerms, anyOrder, (facts, terms, order) => {
        const { status, resolution, missingRequired } = availabilityFor(facts, 'HT', terms, order);
        expect(status === 'UNAVAILABLE').toBe(resolution.locale === null);
        if (missingRequired.length > 0) expect(status).not.toBe('COMPLETE');
        if (status === 'PARTIAL') expect(resolution.isFallback).toBe(false);
        if (status === 'FALLBACK') expect(resolution.isFallback).toBe(true);
        expect(missingRequired.some((locale) => inMask(facts.published, locale))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
