import { describe, expect, it } from '@jest/globals';

import { localesIn, LOCALES } from '../../../src/kernel/locale.js';
import {
  type AudienceRule,
  audienceTerms,
  isMemberOn,
  type MemberState,
  type MembershipPeriod,
  membershipOn,
  requiredMask,
  requiredTimeline,
  ruleInForce,
} from '../../../src/kernel/member-state.js';
import { RELEASE_TYPES, type ReleaseType } from '../../../src/kernel/release.js';

function state(sinceYear: number, ...periods: MembershipPeriod[]): MemberState {
  const rest = { nationalLanguages: [], tags: ['en'], timeZone: 'UTC' };
  return { code: 'XX', sinceYear, periods, ...rest };
}
const period = (
  status: MembershipPeriod['status'],
  from: string,
  until: string | null = null,
): MembershipPeriod => ({ status, from, until });

const STATES = {
  NI: state(1948, period('MEMBER', '1948-01-01', '2023-11-19')),
  CA: state(1990, period('MEMBER', '1990-01-01')),
  HN: state(
    1948,
    period('MEMBER', '1948-01-01', '2009-07-04'),
    period('MEMBER_NOT_PARTICIPATING', '2009-07-04', '2011-06-01'),
    period('MEMBER', '2011-06-01'),
  ),
  CU: state(
    1948,
    period('MEMBER', '1948-01-01', '1962-01-31'),
    period('MEMBER_NOT_PARTICIPATING', '1962-01-31'),
  ),
  VE: state(1948, period('MEMBER', '1948-01-01', '2019-04-27'), period('DISPUTED', '2019-04-27')),
};

describe('membership', () => {
  const rows: [state: keyof typeof STATES, on: string, status: string, isMember: boolean][] = [
    ['NI', '1947-12-31', 'NOT_YET', false],
    ['NI', '1948-01-01', 'MEMBER', true],
    ['NI', '2012-09-10', 'MEMBER', true],
    ['NI', '2023-11-18', 'MEMBER', true],
    ['NI', '2023-11-19', 'FORMER_MEMBER', false],
    ['NI', '2026-06-01', 'FORMER_MEMBER', false],
    ['CA', '1989-12-31', 'NOT_YET', false],
    ['CA', '1990-01-01', 'MEMBER', true],
    ['HN', '2009-07-03', 'MEMBER', true],
    ['HN', '2009-07-04', 'MEMBER_NOT_PARTICIPATING', true],
    ['HN', '2011-05-31', 'MEMBER_NOT_PARTICIPATING', true],
    ['HN', '2011-06-01', 'MEMBER', true],
    ['CU', '1962-01-30', 'MEMBER', true],
    ['CU', '1962-01-31', 'MEMBER_NOT_PARTICIPATING', true],
    ['CU', '2026-06-01', 'MEMBER_NOT_PARTICIPATING', true],
    ['VE', '2019-04-26', 'MEMBER', true],
    ['VE', '2019-04-27', 'DISPUTED', true],
  ];

  it.each(rows)('of %s on %s: %s', (code, on, status, isMember) => {
    expect(membershipOn(STATES[code], on).status).toBe(status);
    expect(isMemberOn(STATES[code], on)).toBe(isMember);
  });

  it('reports since when, and until when where it ended', () => {
    expect(membershipOn(STATES.NI, '2012-09-10')).toMatchObject({
      sinceYear: 1948,
      until: '2023-11-19',
    });
    expect(membershipOn(STATES.HN, '2010-01-01')).toMatchObject({ sinceYear: 1948, until: null });
  });
});

function rule(validFrom: string, required: string, more: Partial<AudienceRule> = {}): AudienceRule {
  const requiredLocales = LOCALES.filter((locale) => required.includes(locale));
  return {
    audience: 'XX',
    type: null,
    validFrom,
    validTo: null,
    requiredLocales,
    fallbackChain: [...requiredLocales, 'ORIGINAL'],
    stalePolicy: 'SERVE',
    ...more,
  };
}

const RULES = [
  rule('1948-01-01', 'EN'),
  rule('2015-01-01', 'FR', { type: 'SPEECH' }),
  rule('2010-01-01', 'EN FR', { stalePolicy: 'WITHHOLD' }),
  rule('2020-01-01', 'PT', { validTo: '2021-01-01' }),
  rule('2022-01-01', 'EN ES'),
  rule('2022-01-01', 'ES', { type: 'ADVISORY' }),
];

describe('the rule in force', () => {
  const rows: [type: ReleaseType | null, on: string, required: string][] = [
    ['SPEECH', '1990-01-01', 'EN'],
    ['PRESS_RELEASE', '2009-12-31', 'EN'],
    ['PRESS_RELEASE', '2010-01-01', 'EN FR'],
    // The newest decides, be it for one type or for all.
    ['SPEECH', '2015-01-01', 'FR'],
    ['SPEECH', '2020-06-01', 'PT'],
    ['PRESS_RELEASE', '2015-01-01', 'EN FR'],
    // One that ended gives way to the one before it.
    ['PRESS_RELEASE', '2020-12-31', 'PT'],
    ['PRESS_RELEASE', '2021-01-01', 'EN FR'],
    ['SPEECH', '2021-01-01', 'FR'],
    // Of two that begin on one day, the one for the type.
    ['ADVISORY', '2022-01-01', 'ES'],
    ['PRESS_RELEASE', '2022-01-01', 'EN ES'],
    [null, '2022-01-01', 'EN ES'],
    [null, '2015-01-01', 'EN FR'],
  ];

  it.each(rows)('for %s on %s requires %s', (type, on, required) => {
    for (const rules of [RULES, [...RULES].reverse()]) {
      expect(ruleInForce(rules, type, on)?.requiredLocales.join(' ')).toBe(required);
    }
  });

  it('is none before the first one and without rules', () => {
    expect(ruleInForce(RULES, null, '1947-12-31')).toBeNull();
    expect(ruleInForce([], null, '2020-01-01')).toBeNull();
  });
});

describe('the terms of an audience', () => {
  it('judge by the release date what had to be there, and serve by the rule of today', () => {
    const release = { type: 'PRESS_RELEASE' as const, date: '2012-09-10' };
    const terms = audienceTerms(STATES.CA, RULES, release, '2026-06-01');
    expect(localesIn(terms.required)).toEqual(['EN', 'FR']);
    expect(localesIn(terms.languages)).toEqual(['EN', 'ES']);
    expect(terms).toMatchObject({ chain: ['EN', 'ES', 'ORIGINAL'], withholdsStale: false });
    const before = audienceTerms(STATES.CA, RULES, release, '2012-09-11');
    expect(before).toMatchObject({ chain: ['EN', 'FR', 'ORIGINAL'], withholdsStale: true });
  });

  it('require nothing while the state is no member, but still have its languages', () => {
    for (const [code, date] of [
      ['CA', '1989-12-31'],
      ['NI', '2023-11-19'],
    ] as const) {
      const terms = audienceTerms(STATES[code], RULES, { type: 'SPEECH', date }, '2026-06-01');
      expect([terms.required, localesIn(terms.languages)]).toEqual([0, ['EN', 'ES']]);
    }
  });

  it('are empty without a rule', () => {
    const release = { type: 'SPEECH' as const, date: '2012-09-10' };
    const terms = audienceTerms(STATES.CA, [], release, '2026-06-01');
    expect(terms).toEqual({ chain: [], languages: 0, required: 0, withholdsStale: false });
  });
});

describe('what is required over all days', () => {
  const days = ['1900-01-01', '1947-12-31', '1948-01-01', '1962-01-31', '1989-12-31', '1990-01-01'];
  const later = [
    '2009-12-31',
    '2010-01-01',
    '2015-01-01',
    '2020-12-31',
    '2021-01-01',
    '2023-11-18',
  ];
  const all = [...days, ...later, '2023-11-19', '2022-01-01', '2099-01-01'];

  it.each(Object.keys(STATES) as (keyof typeof STATES)[])('of %s is the same by steps', (code) => {
    for (const type of RELEASE_TYPES) {
      const line = requiredTimeline(STATES[code], RULES, type);
      expect(line.masks).toHaveLength(line.days.length + 1);
      const found = all.map((day) => line.masks[line.days.filter((turn) => turn <= day).length]);
      expect(found).toEqual(all.map((day) => requiredMask(STATES[code], RULES, type, day)));
    }
  });
});
