import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { isOtherCountry } from '../../src/kernel/country-code.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({
    responseCache: { maxBytes: 2 ** 20, maxAge: 1 },
    readModelBytes: 1_000_000,
  });
  await gateway.given(aRelease('305/12').in('EN').in('FR').published());
});

afterAll(() => gateway.close());

const READER = 'query Q($audience: CountryCode)';
const LOCALIZED = 'id reference resolution { audience locale isFallback trail { locale rule } }';

interface Reading {
  readonly data: unknown;
  readonly errors: readonly unknown[];
}

async function read(document: string, audience: string | null): Promise<Reading> {
  const { data, errors } = await gateway.query(document, { variables: { audience } });
  return { data, errors };
}

describe('a country that is no member state is served as no audience', () => {
  const rows: [place: string, document: string][] = [
    [
      'localized',
      `${READER} { release(number: "305/12") { localized(audience: $audience) { ${LOCALIZED} } } }`,
    ],
    [
      'a list with a search',
      `${READER} { releases(audience: $audience, search: "305/12") {
        totalCount pageInfo { endCursor } edges { cursor localized { ${LOCALIZED} } } } }`,
    ],
    [
      '@inContext',
      `${READER} @inContext(audience: $audience) { releases {
        nodes { localized { ${LOCALIZED} } topics { name { value } } } }
        memberState(code: "HT") { name { value } } }`,
    ],
    [
      'a copy',
      `${READER} { releaseChanges(audience: $audience) {
        cursor changes { localizedId localized { ${LOCALIZED} } } } }`,
    ],
  ];

  it.each(rows)('%s', async (_, document) => {
    const none = await read(document, null);
    expect(none.errors).toEqual([]);
    for (const code of ['ES', 'PR', 'es', 'FR', 'AQ']) {
      expect([code, await read(document, code)]).toEqual([code, none]);
    }
    // A state has its rules even if it is no longer a member or does not participate.
    for (const code of ['NI', 'CU', 'HT']) {
      const { data, errors } = await read(document, code);
      expect([code, errors]).toEqual([code, []]);
      expect(data).not.toEqual(none.data);
    }
  });

  it('explicitly, also where @inContext names a state', async () => {
    const { data } = await gateway.query(
      `query @inContext(audience: "HT") { release(number: "305/12") {
         localized(audience: "ES") { resolution { audience locale } } } }`,
    );
    expect(data).toMatchObject({
      release: { localized: { resolution: { audience: null, locale: 'EN' } } },
    });
  });

  it('is reported in localization and in the resolution', async () => {
    const document = `${READER} {
      localization(audience: $audience) { audience { code } audienceRequested }
      release(number: "305/12") { resolution(audience: $audience) { audience audienceRequested } } }`;
    const contextOf = async (audience: string | null) => {
      const { data } = await gateway.query<{ localization: object; release: object }>(document, {
        variables: { audience },
      });
      return data;
    };
    expect(await contextOf('es')).toEqual({
      localization: { audience: null, audienceRequested: 'ES' },
      release: { resolution: { audience: null, audienceRequested: 'ES' } },
    });
    expect(await contextOf(null)).toEqual({
      localization: { audience: null, audienceRequested: null },
      release: { resolution: { audience: null, audienceRequested: null } },
    });
    expect(await contextOf('HT')).toEqual({
      localization: { audience: { code: 'HT' }, audienceRequested: null },
      release: { resolution: { audience: 'HT', audienceRequested: null } },
    });
  });

  it.each([
    ['/feeds/en/ES.rss', '/feeds/en.rss'],
    ['/feeds/pt/pr.atom', '/feeds/pt.atom'],
    ['/feeds/fr-FR/FR.json', '/feeds/fr.json'],
  ])('%s leads to the feed without an audience', async (path, target) => {
    const response = await fetch(new URL(path, gateway.url), { redirect: 'manual' });
    expect([response.status, new URL(response.headers.get('location') ?? '').pathname]).toEqual([
      302,
      target,
    ]);
  });
});

describe('what is not an audience to be served stays strict', () => {
  const rows: [document: string, reason: string][] = [
    [
      '{ release(number: "305/12") { availability(audience: "ES") { status } } }',
      'COUNTRY_UNKNOWN',
    ],
    [
      'query @inContext(audience: "ES") { release(number: "305/12") { availability { status } } }',
      'AUDIENCE_MISSING',
    ],
    [
      '{ releases(audience: "ES", filter: { availability: [COMPLETE] }) { totalCount } }',
      'AUDIENCE_MISSING',
    ],
    ['{ releases(filter: { mentions: ["ES"] }) { totalCount } }', 'COUNTRY_UNKNOWN'],
    ['{ releases(filter: { addressedTo: "PR" }) { totalCount } }', 'COUNTRY_UNKNOWN'],
    ['{ releaseChanges(addressedTo: "ES") { cursor } }', 'COUNTRY_UNKNOWN'],
    ['{ parity(audience: "ES") { releases } }', 'COUNTRY_UNKNOWN'],
    ...['EU', 'UK', 'XK', 'ZZ', 'AA', 'AN', 'SU'].map((code): [string, string] => {
      return [`{ localization(audience: "${code}") { chain } }`, 'COUNTRY_UNKNOWN'];
    }),
  ];

  it.each(rows)('%s', async (document, reason) => {
    const { errors } = await gateway.query(document);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason } }]);
  });
});

it('every state of the table has rules of its own', async () => {
  const { rows } = await gateway.database.asOwner((owner) => {
    return owner.query<{ code: string }>('SELECT code FROM reference.member_state', []);
  });
  expect(rows.length).toBeGreaterThan(34);
  expect(rows.filter(({ code }) => isOtherCountry(code))).toEqual([]);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const codes = [...letters].flatMap((one) => [...letters].map((other) => one + other));
  // The 249 countries of ISO 3166-1 without the states of the table.
  expect(codes.filter(isOtherCountry)).toHaveLength(249 - rows.length);
});
