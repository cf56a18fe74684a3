import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.database.dataSource.query(
    `INSERT INTO reference.audience_rule
       (audience, type, valid_from, valid_to, required_locales, fallback_chain, stale_policy) VALUES
       ('HT', 'SPEECH', '2015-01-01', NULL, '{FR,EN}', '{FR,EN,ORIGINAL}', 'SERVE'),
       ('US', NULL, '2020-01-01', '2022-01-01', '{EN,ES}', '{EN,ES,ORIGINAL}', 'SERVE'),
       ('BZ', NULL, '2025-01-01', NULL, '{EN,ES}', '{ES,EN,ORIGINAL}', 'SERVE')`,
  );
  await gateway.given(
    aRelease('305/12').dated('2012-09-10').in('EN').in('FR').published(),
    aRelease('306/23').dated('2023-11-19').in('EN').in('ES').published(),
    aRelease('307/89').dated('1989-05-01').in('EN').published(),
    aRelease('308/12').dated('2012-09-10').addressedTo('CA', 'NI').in('PT').published(),
  );
});

afterAll(() => gateway.close());

async function state<T>(code: string, field: string): Promise<T> {
  const { data, errors } = await gateway.query<{ memberState: { found: T } }>(
    `{ memberState(code: "${code}") { found: ${field} } }`,
  );
  expect(errors).toEqual([]);
  return data.memberState.found;
}

describe('membership', () => {
  const rows: [
    code: string,
    on: string | null,
    status: string,
    since: number,
    until: string | null,
  ][] = [
    ['NI', '2012-09-10', 'MEMBER', 1948, '2023-11-19'],
    ['NI', '2023-11-18', 'MEMBER', 1948, '2023-11-19'],
    ['NI', '2023-11-19', 'FORMER_MEMBER', 1948, '2023-11-19'],
    ['NI', null, 'FORMER_MEMBER', 1948, '2023-11-19'],
    ['CA', '1989-12-31', 'NOT_YET', 1990, null],
    ['CA', '1990-01-01', 'MEMBER', 1990, null],
    ['HN', '2010-01-01', 'MEMBER_NOT_PARTICIPATING', 1948, null],
    ['HN', null, 'MEMBER', 1948, null],
    ['CU', null, 'MEMBER_NOT_PARTICIPATING', 1948, null],
    ['CU', '1961-01-01', 'MEMBER', 1948, null],
    ['VE', null, 'DISPUTED', 1948, null],
    ['SR', '1976-12-31', 'NOT_YET', 1977, null],
  ];

  it.each(rows)('of %s on %s: %s', async (code, on, status, sinceYear, until) => {
    const field = `membership(on: ${JSON.stringify(on)}) { status sinceYear until }`;
    expect(await state(code, field)).toEqual({ status, sinceYear, until });
  });

  it('is counted by the day', async () => {
    const { data } = await gateway.query<Record<string, { code: string }[]>>(
      `{ before: memberStates(on: "1947-12-31") { code } founders: memberStates(on: "1948-01-01") { code }
         all: memberStates(on: "2023-11-18") { code } now: memberStates { code } }`,
    );
    const counts = Object.values(data).map((states) => states.length);
    expect(counts).toEqual([0, 21, 35, 34]);
    const codes = (data['now'] ?? []).map(({ code }) => code);
    expect(codes).toEqual([...codes].sort());
    expect(codes).not.toContain('NI');
  });

  it('requires a valid calendar date', async () => {
    const { errors } = await gateway.query('{ memberStates(on: "2023-02-29") { code } }');
    expect(errors).toMatchObject([{ extensions: { reason: 'DATE_MALFORMED' } }]);
  });
});

describe('the locales that a state must get', () => {
  const rows: [code: string, args: string, required: string[]][] = [
    ['CA', '', ['EN', 'FR']],
    ['CA', '(on: "1989-12-31")', []],
    ['NI', '', []],
    ['NI', '(on: "2012-09-10")', ['ES']],
    ['SR', '', ['EN']],
    ['HT', '', ['FR']],
    ['HT', '(type: SPEECH)', ['FR', 'EN']],
    ['HT', '(type: SPEECH, on: "2014-12-31")', ['FR']],
    ['HT', '(type: ADVISORY)', ['FR']],
    ['US', '(on: "2019-12-31")', ['EN']],
    ['US', '(on: "2020-01-01")', ['EN', 'ES']],
    ['US', '(on: "2022-01-01")', ['EN']],
    ['BZ', '(on: "2024-12-31")', ['EN']],
    ['BZ', '', ['EN', 'ES']],
  ];

  it.each(rows)('%s%s: %j', async (code, args, required) => {
    expect(await state(code, `requiredLocales${args}`)).toEqual(required);
  });
});

describe('the chain in which a state is served', () => {
  const rows: [code: string, chain: string][] = [
    ['HT', 'FR ORIGINAL EN ES'],
    ['CA', 'EN FR ORIGINAL ES'],
    ['BR', 'PT ORIGINAL EN ES'],
    ['SR', 'EN ES ORIGINAL'],
    ['MX', 'ES ORIGINAL EN'],
    ['NI', 'ES ORIGINAL EN'],
    ['US', 'EN ORIGINAL ES'],
    ['BZ', 'ES EN ORIGINAL'],
  ];

  it.each(rows)('%s: %s', async (code, chain) => {
    expect(await state(code, 'fallbackChain')).toEqual(chain.split(' '));
  });
});

it('has the languages and the time zone of a state', async () => {
  const { data } = await gateway.query(
    '{ memberState(code: "bo") { code nationalLanguages timeZone } }',
  );
  const nationalLanguages = ['es', 'qu', 'ay', 'gn'];
  expect(data).toEqual({
    memberState: { code: 'BO', nationalLanguages, timeZone: 'America/La_Paz' },
  });
});

describe('how a release stands for a state, by the day of the release', () => {
  const rows: [number: string, code: string, status: string, served: string, missing: string[]][] =
    [
      ['305/12', 'HT', 'COMPLETE', 'FR', []],
      ['305/12', 'CA', 'COMPLETE', 'EN', []],
      ['305/12', 'BR', 'FALLBACK', 'EN', ['PT']],
      ['305/12', 'NI', 'FALLBACK', 'EN', ['ES']],
      ['305/12', 'SR', 'COMPLETE', 'EN', []],
      ['306/23', 'NI', 'COMPLETE', 'ES', []],
      ['306/23', 'CA', 'PARTIAL', 'EN', ['FR']],
      ['307/89', 'CA', 'COMPLETE', 'EN', []],
      ['307/89', 'NI', 'FALLBACK', 'EN', ['ES']],
      ['308/12', 'CA', 'FALLBACK', 'PT', ['EN', 'FR']],
      ['308/12', 'SR', 'FALLBACK', 'PT', ['EN']],
    ];

  it.each(rows)('%s for %s: %s', async (number, code, status, servedLocale, missingRequired) => {
    const { data } = await gateway.query(
      `query @inContext(audience: "${code}", languages: ["pt"]) { release(number: "${number}") {
         availability { audience { code } status servedLocale missingRequired resolution { requested } } } }`,
    );
    const audience = { code };
    // For any reader who names the audience and no language.
    const found = {
      audience,
      status,
      servedLocale,
      missingRequired,
      resolution: { requested: [] },
    };
    expect(data).toEqual({ release: { availability: found } });
  });

  it('for each state addressed, or for all that were members then', async () => {
    const { data } = await gateway.query<
      Record<string, { availabilities: { audience: { code: string } }[] }>
    >(
      `{ named: release(number: "308/12") { availabilities { audience { code } } }
         all: release(number: "305/12") { availabilities { audience { code } } }
         early: release(number: "307/89") { availabilities { audience { code } } }
         late: release(number: "306/23") { availabilities { audience { code } } } }`,
    );
    const codes = (name: string) => data[name]?.availabilities.map(({ audience }) => audience.code);
    expect(codes('named')).toEqual(['CA', 'NI']);
    expect(codes('all')).toHaveLength(35);
    expect(codes('early')).toHaveLength(32);
    expect(codes('late')).not.toContain('NI');
  });

  it('locale by locale, in the order of its chain', async () => {
    const { data } = await gateway.query(
      '{ release(number: "308/12") { availability(audience: "CA") { locales { locale required status } } } }',
    );
    const locales = [
      { locale: 'EN', required: true, status: 'NOT_PUBLISHED' },
      { locale: 'FR', required: true, status: 'NOT_PUBLISHED' },
      { locale: 'PT', required: false, status: 'PUBLISHED' },
      { locale: 'ES', required: false, status: 'NOT_PUBLISHED' },
    ];
    expect(data).toEqual({ release: { availability: { locales } } });
  });
});
