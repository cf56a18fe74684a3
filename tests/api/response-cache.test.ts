import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { PressOffice } from '../support/publishing.js';

let gateway: TestApp;
let office: PressOffice;

beforeAll(async () => {
  gateway = await createTestApp({ responseCache: { maxBytes: 8 * 2 ** 20, maxAge: 1 } });
  office = new PressOffice(gateway);
  await gateway.given(
    dated('101/20', '2020-01-10').published(),
    dated('102/20', '2020-02-10').published(),
    dated('103/20', '2020-03-10').published(),
    dated('105/20', '2020-05-10').published(),
  );
  await settled();
});

const dated = (number: string, date: string) => aRelease(number).dated(date).in('EN').in('FR');

afterAll(() => gateway.close());

/** The process has heard of all that was done. */
const settled = () => office.editor.mutate('mutation { __typename }');

const DETAIL =
  '{ release(number: "101/20") { edition localized(languages: ["fr"]) { title { value } body { html } } } }';

/** How many snapshots of the database it took. */
async function snapshotsOf(work: () => Promise<unknown>): Promise<number> {
  const before = gateway.snapshots.length;
  await work();
  return gateway.snapshots.length - before;
}

async function isCached(document: string, headers: Record<string, string> = {}): Promise<boolean> {
  await gateway.query(document, { headers });
  return (await snapshotsOf(() => gateway.query(document, { headers }))) === 0;
}

it('gives the same response to the byte without another query to the database', async () => {
  const first = await gateway.query(DETAIL);
  expect(
    await snapshotsOf(async () => expect((await gateway.query(DETAIL)).data).toEqual(first.data)),
  ).toBe(0);
});

it('identifies an operation by its meaning, not by its formatting', async () => {
  const query =
    'query ($number: String!, $tag: LanguageTag!) { release(number: $number) { localized(languages: [$tag]) { reference } } }';
  const request = (body: string) =>
    fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).then((r) => r.text());
  const text = JSON.stringify(query);
  const one = await request(`{"query":${text},"variables":{"number":"101/20","tag":"fr"}}`);
  const other = () => request(`{ "variables": {"tag":"fr", "number":"101/20"}, "query": ${text} }`);
  expect(await snapshotsOf(async () => expect(await other()).toBe(one))).toBe(0);
});

describe('what is not cached', () => {
  it.each([
    ['texts of the interface', '{ localeBundle(namespace: "app") { version } }'],
    ['changes', '{ releaseChanges { cursor } }'],
    ['an answer with an error', '{ release(number: "101/20") { availability { status } } }'],
    [
      'JSON-LD, which names the OAS in a text that staff may change',
      '{ release(number: "101/20") { localized { jsonLd } } }',
    ],
  ])('%s', async (_what, document) => {
    expect(await isCached(document)).toBe(false);
  });

  it('requests with a token', async () => {
    expect(await isCached(DETAIL)).toBe(true);
    expect(await snapshotsOf(() => office.editor.query(DETAIL))).toBe(1);
  });
});

describe('a change drops exactly what it changes', () => {
  const list = (first: number, after = '') =>
    `{ releases(first: ${first}${after}) { pageInfo { hasNextPage endCursor } nodes { number edition } } }`;

  it('an edition: the release and the lists that show it', async () => {
    await gateway.query(list(1));
    await gateway.query(list(4));
    await gateway.query(DETAIL);
    await gateway.query(DETAIL.replace('101/20', '105/20'));
    await office.retract('101/20', ['FR']);
    expect(await snapshotsOf(() => gateway.query(list(1)))).toBe(0);
    expect(await snapshotsOf(() => gateway.query(DETAIL.replace('101/20', '105/20')))).toBe(0);
    const { data } = await gateway.query<{ release: { edition: number } }>(DETAIL);
    expect(data.release.edition).toBe(2);
    const page = await gateway.query<{
      releases: { nodes: { number: string; edition: number }[] };
    }>(list(4));
    expect(page.data.releases.nodes).toContainEqual({ number: '101/20', edition: 2 });
  });

  it('a new release: the part of each list that it comes to stand in, totals, and what was not found', async () => {
    const missing = '{ release(number: "104/20") { number } }';
    const total = '{ releases(first: 1) { totalCount } }';
    await gateway.query(list(1));
    await gateway.query(list(3));
    expect((await gateway.query(missing)).data).toEqual({ release: null });
    const before = await gateway.query<{ releases: { totalCount: number } }>(total);
    await gateway.given(dated('104/20', '2020-04-10').published());
    await settled();
    expect(await snapshotsOf(() => gateway.query(list(1)))).toBe(0);
    const after = await gateway.query<{ releases: { nodes: { number: string }[] } }>(list(3));
    expect(after.data.releases.nodes.map(({ number }) => number)).toEqual([
      '105/20',
      '104/20',
      '103/20',
    ]);
    expect((await gateway.query(missing)).data).toEqual({ release: { number: '104/20' } });
    const now = await gateway.query<{ releases: { totalCount: number } }>(total);
    expect(now.data.releases.totalCount).toBe(before.data.releases.totalCount + 1);
  });

  it('a retraction: nobody is shown the text once it is confirmed', async () => {
    const document = DETAIL.replace('101/20', '102/20');
    expect(await isCached(document)).toBe(true);
    await office.retract('102/20');
    expect((await gateway.query(document)).data).toEqual({ release: null });
  });

  it('a rule: all', async () => {
    const document =
      '{ release(number: "103/20") { localized(audience: "SR") { resolution { locale } } } }';
    expect(await isCached(document)).toBe(true);
    const { data } = await gateway
      .as('ADMIN')
      .mutate<{ setAudienceRule: { __typename: string } }>(
        `mutation { setAudienceRule(input: { audience: "SR", validFrom: "2026-06-01", requiredLocales: [FR], fallbackChain: [FR, EN] }) { __typename } }`,
      );
    expect(data.setAudienceRule.__typename).toBe('AudienceRulePayload');
    const response = await gateway.query<{
      release: { localized: { resolution: { locale: string } } };
    }>(document);
    expect(response.data.release.localized.resolution.locale).toBe('FR');
  });
});

describe('shared caches', () => {
  const address = () =>
    `${gateway.url}?${String(new URLSearchParams({ query: DETAIL.replace('101/20', '105/20') }))}`;
  const get = (headers: Record<string, string> = {}) =>
    fetch(address(), {
      headers: { 'apollo-require-preflight': '1', accept: 'application/json', ...headers },
    });

  it('may store the response to a GET for a constant, short time, and revalidate it with its ETag', async () => {
    const first = await get();
    const etag = first.headers.get('etag') ?? '';
    const again = await get();
    for (const { headers } of [first, again]) {
      expect(headers.get('cache-control')).toBe('public, max-age=1, must-revalidate');
      expect(headers.get('vary')).toBe('Accept, Authorization');
      expect(headers.get('etag')).toBe(etag);
    }
    const compressed = etag.replace(/"$/, '-br"');
    for (const tags of [etag, `W/${etag}`, `"another", ${etag}`, compressed]) {
      const known = await get({ 'if-none-match': tags });
      expect([tags, known.status]).toEqual([tags, 304]);
      expect(await known.text()).toBe('');
      for (const name of ['cache-control', 'vary']) {
        expect(known.headers.get(name)).toBe(first.headers.get(name));
      }
      expect(known.headers.get('etag')).toBe(tags === compressed ? compressed : etag);
    }
    expect((await get({ 'if-none-match': '"another"' })).status).toBe(200);
  });

  it('store the id of the request that a response was made for: a 304 has none', async () => {
    const first = await get();
    const known = await get({ 'if-none-match': first.headers.get('etag') ?? '' });
    expect(first.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(known.headers.has('x-request-id')).toBe(false);
  });

  it('get Vary where Accept-Language was used', async () => {
    const query = '{ release(number: "105/20") { localized { reference } } }';
    const request = (language: string) =>
      fetch(`${gateway.url}?${String(new URLSearchParams({ query }))}`, {
        headers: { 'apollo-require-preflight': '1', 'accept-language': language },
      });
    for (const [language, reference] of [
      ['fr', 'F-105/20'],
      ['en', 'E-105/20'],
      ['fr', 'F-105/20'],
    ] as const) {
      const response = await request(language);
      expect(response.headers.get('vary')).toContain('Accept-Language');
      expect(await response.json()).toEqual({ data: { release: { localized: { reference } } } });
    }
  });
});

it('gives each of many simultaneous requests its own response', async () => {
  const numbers = ['101/20', '105/20', '101/20', '105/20'];
  const numberOf = async (number: string) => {
    const document = `{ release(number: "${number}") { number } }`;
    const { data } = await gateway.query<{ release: { number: string } }>(document);
    return data.release.number;
  };
  await Promise.all(numbers.map(numberOf));
  const together = Array.from({ length: 40 }, (_, index) => numbers[index % 4] ?? '');
  expect(await Promise.all(together.map(numberOf))).toEqual(together);
});
