import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

/** Numbers 201 to 208, which differ in their facts; 204 is public in one locale and stale in another. */
const RELEASES = [
  aRelease('201/20')
    .dated('2020-01-01')
    .in('EN')
    .in('ES')
    .in('FR')
    .in('PT')
    .about('health', 'water'),
  aRelease('202/20').dated('2020-01-02').ofType('SPEECH').in('ES').in('EN').about('health'),
  aRelease('203/20').dated('2020-01-03').ofType('ADVISORY').in('PT').mentioning('BR', 'HT'),
  aRelease('204/20').dated('2020-01-04').in('EN').in('FR').addressedTo('CA', 'HT').mentioning('HT'),
  aRelease('205/20').dated('2020-01-05').in('FR').addressedTo('HT').about('water'),
  aRelease('206/20')
    .dated('2020-01-05')
    .ofType('STATEMENT')
    .in('EN')
    .in('PT')
    .addressedTo('BR', 'US'),
  aRelease('207/20').dated('1989-06-01').ofType('PHOTO_NEWS').in('EN').in('ES').mentioning('CA'),
  aRelease('208/20').dated('2024-02-01').in('ES').in('EN').mentioning('NI'),
];

beforeAll(async () => {
  gateway = await createTestApp();
  for (const release of RELEASES) release.published();
  const stale = { title: 'Another title', body: ['Something else entirely.'] };
  RELEASES[3]?.revised('SUBSTANTIVE', stale).published('EN');
  await gateway.given(...RELEASES);
  await gateway.given(aRelease('299/20').dated('2020-01-01').in('EN').in('ES').about('health'));
});
afterAll(() => gateway.close());

interface List {
  readonly releases: { totalCount: number; nodes: { number: string }[] };
}

async function findReleases(argumentText: string): Promise<{ found: string; reasons: unknown[] }> {
  const { data, errors } = await gateway.query<List | null>(
    `{ releases(orderBy: DATE_ASC, ${argumentText}) { totalCount nodes { number } } }`,
  );
  const numbers = data?.releases.nodes.map(({ number }) => number.slice(2, 3)).join('') ?? '';
  if (data) expect(data.releases.totalCount).toBe(numbers.length);
  return { found: numbers, reasons: errors.map(({ extensions }) => extensions.reason) };
}

const ALL = '71234568';

describe('a list', () => {
  it.each([
    ['', ALL],
    ['filter: {}', ALL],
    ['filter: null', ALL],
    ['filter: { type: [SPEECH, ADVISORY] }', '23'],
    ['filter: { type: [] }', ''],
    ['filter: { type: null }', ALL],
    ['filter: { dateFrom: "2020-01-05" }', '568'],
    ['filter: { dateTo: "2020-01-01" }', '71'],
    ['filter: { dateFrom: "2020-01-02", dateTo: "2020-01-02" }', '2'],
    ['filter: { dateFrom: null, dateTo: null }', ALL],
    ['filter: { topic: ["health"] }', '12'],
    ['filter: { topic: ["health", "water"] }', '125'],
    ['filter: { topic: ["nothing"] }', ''],
    ['filter: { topic: ["nothing", "water"] }', '15'],
    ['filter: { mentions: ["HT"] }', '34'],
    ['filter: { mentions: ["ht", "NI"] }', '348'],
    ['filter: { addressedTo: "HT" }', '7123458'],
    ['filter: { addressedTo: "BR" }', '712368'],
    ['filter: { addressedTo: "AR" }', '71238'],
    ['filter: { originalLocale: [PT, FR] }', '35'],
    ['filter: { publishedIn: { all: [EN, FR] } }', '14'],
    ['filter: { publishedIn: { any: [FR, PT] } }', '13456'],
    ['filter: { publishedIn: { none: [EN] } }', '35'],
    ['filter: { publishedIn: { all: [EN], none: [ES, FR] } }', '6'],
    ['filter: { publishedIn: { all: [ES], any: [FR, PT], none: [] } }', '1'],
    ['filter: { publishedIn: { all: [], any: null } }', ALL],
    ['filter: { publishedIn: { any: [] } }', ''],
    ['filter: { publishedIn: {} }', ALL],
    ['filter: { type: [PRESS_RELEASE], topic: ["water"], publishedIn: { none: [EN] } }', '5'],
    ['filter: { mentions: ["HT"], addressedTo: "CA", originalLocale: [EN] }', '4'],
    ['filter: { type: [SPEECH], originalLocale: [EN] }', ''],
  ])('(%s) has %s', async (argumentText, found) => {
    expect(await findReleases(argumentText)).toEqual({ found, reasons: [] });
  });

  it.each([
    ['audience: "HT", filter: { availability: [COMPLETE] }', '15'],
    ['audience: "HT", filter: { availability: [PARTIAL] }', '4'],
    ['audience: "HT", filter: { availability: [FALLBACK] }', '72368'],
    ['audience: "HT", filter: { availability: [UNAVAILABLE] }', ''],
    ['audience: "HT", filter: { availability: [] }', ''],
    ['audience: "HT", filter: { availability: null }', ALL],
    ['audience: "HT", filter: { availability: [COMPLETE, PARTIAL, FALLBACK] }', ALL],
    // Not a member in 1989: served as requested, though nothing was required.
    ['audience: "CA", filter: { availability: [COMPLETE] }', '71'],
    ['audience: "CA", filter: { availability: [PARTIAL] }', '24568'],
    ['audience: "CA", filter: { availability: [FALLBACK] }', '3'],
    // No longer a member in 2024; the release is in its language all the same.
    ['audience: "NI", filter: { availability: [COMPLETE] }', '7128'],
    ['audience: "SR", filter: { availability: [COMPLETE] }', '712468'],
    ['audience: "HT", languages: ["en"], filter: { availability: [COMPLETE] }', '15'],
    ['audience: "HT", coherence: STRICT, filter: { availability: [COMPLETE] }', '15'],
    ['audience: "HT", filter: { availability: [FALLBACK], type: [SPEECH] }', '2'],
  ])('(%s) has %s', async (argumentText, found) => {
    expect(await findReleases(argumentText)).toEqual({ found, reasons: [] });
  });

  it('by availability matches the availability of the releases themselves', async () => {
    for (const audience of ['HT', 'CA', 'NI', 'SR', 'BR', 'US', 'CU']) {
      const { data } = await gateway.query<{
        releases: { nodes: { number: string; availability: { status: string } }[] };
      }>(
        `{ releases(orderBy: DATE_ASC) { nodes { number availability(audience: "${audience}") { status } } } }`,
      );
      for (const status of ['COMPLETE', 'PARTIAL', 'FALLBACK', 'UNAVAILABLE']) {
        const matching = data.releases.nodes.filter(({ availability }) => {
          return availability.status === status;
        });
        const { found } = await findReleases(
          `audience: "${audience}", filter: { availability: [${status}] }`,
        );
        expect(found).toBe(matching.map(({ number }) => number.slice(2, 3)).join(''));
      }
    }
  });

  it('takes the audience for a filter from the context too', async () => {
    const { data } = await gateway.query<List>(
      `query @inContext(audience: "HT") {
         releases(filter: { availability: [PARTIAL] }) { totalCount nodes { number } } }`,
    );
    expect(data.releases).toEqual({ totalCount: 1, nodes: [{ number: '204/20' }] });
  });

  it.each([
    ['filter: { availability: [COMPLETE] }', 'AUDIENCE_MISSING'],
    ['filter: { mentions: ["XX"] }', 'COUNTRY_UNKNOWN'],
    ['filter: { addressedTo: "ZZ" }', 'COUNTRY_UNKNOWN'],
    ['audience: "ZZ"', 'COUNTRY_UNKNOWN'],
    ['filter: { dateFrom: "2020-02-01", dateTo: "2020-01-01" }', 'DATE_RANGE_EMPTY'],
    ['filter: { dateFrom: "2020-02-30" }', 'DATE_MALFORMED'],
    [`filter: { topic: [${'"a", '.repeat(101)}] }`, 'LIST_TOO_LONG'],
  ])('(%.60s) is refused: %s', async (argumentText, reason) => {
    expect(await findReleases(argumentText)).toEqual({ found: '', reasons: [reason] });
  });
});
