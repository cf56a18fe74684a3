import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { byHash, codesOf, get, post, sha256 } from '../support/persisted.js';
import { readyOperation } from '../support/ready-operations.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('101/20').in('EN').in('FR').published());
});
afterAll(() => gateway.close());

const QUERY = 'query One($number: String!) { release(number: $number) { number } }';
const variables = { number: '101/20' };
const found = { release: { number: '101/20' } };
const NOT_FOUND = [
  expect.objectContaining({
    message: 'PersistedQueryNotFound',
    extensions: expect.objectContaining({ code: 'PERSISTED_QUERY_NOT_FOUND' }),
  }),
];

describe.each([
  ['POST', post],
  ['GET', get],
] as const)('a query that is sent by its hash, over %s', (method, send) => {
  const query = `${QUERY} # ${method}`;
  const extensions = byHash(sha256(query));

  it('is unknown at first, with the error that clients expect; that response is not cached', async () => {
    const response = await send(gateway.url, { variables, extensions });
    expect(response).toMatchObject({ status: 200, errors: NOT_FOUND });
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('is known from then on when it was sent with its text', async () => {
    const first = await send(gateway.url, { query, variables, extensions });
    expect(first).toMatchObject({ status: 200, data: found, errors: [] });
    const again = await send(gateway.url, { variables, extensions });
    expect(again).toMatchObject({ status: 200, data: found, errors: [] });
    // The other method knows it too.
    const other = await (send === get ? post : get)(gateway.url, { variables, extensions });
    expect(other).toMatchObject({ status: 200, data: found });
  });

  it.each([
    ['another text', byHash(sha256('{ __typename }'))],
    ['another version', { persistedQuery: { version: 2, sha256Hash: sha256(query) } }],
    ['no hash', { persistedQuery: { version: 1 } }],
    ['a hash that is a list', { persistedQuery: { version: 1, sha256Hash: [sha256(query)] } }],
    ['no object', { persistedQuery: true }],
  ])('is refused with %s', async (_, wrong) => {
    const response = await send(gateway.url, { query, variables, extensions: wrong });
    expect([response.status, codesOf(response)]).toEqual([400, ['BAD_REQUEST']]);
    expect(response.errors[0]?.message).toContain('persistedQuery');
  });
});

describe('a shared cache', () => {
  let cached: TestApp;
  beforeAll(async () => {
    cached = await createTestApp({ responseCache: { maxBytes: 2 ** 20, maxAge: 10 } });
    await cached.given(aRelease('101/20').in('EN').published());
  });
  afterAll(() => cached.close());

  it('may store responses to hashes, and revalidates them with their ETag', async () => {
    const extensions = byHash(sha256(QUERY));
    const miss = await get(cached.url, { variables, extensions });
    expect([codesOf(miss), miss.headers['cache-control'], miss.headers['etag']]).toEqual([
      ['PERSISTED_QUERY_NOT_FOUND'],
      'no-store',
      undefined,
    ]);
    await post(cached.url, { query: QUERY, variables, extensions });
    for (const time of ['first', 'again']) {
      const hit = await get(cached.url, { variables, extensions });
      expect([time, hit.data, hit.headers['cache-control']]).toEqual([
        time,
        found,
        'public, max-age=10, must-revalidate',
      ]);
      const search = `variables=${encodeURIComponent(JSON.stringify(variables))}`;
      const address = `${cached.url}?${search}&extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
      const known = await fetch(address, {
        headers: { 'if-none-match': hit.headers['etag'] ?? '' },
      });
      expect(known.status).toBe(304);
    }
  });

  it('must not store what was refused', async () => {
    const refused = await get(cached.url, { query: '{ nothing }' });
    expect([refused.status, refused.headers['cache-control']]).toEqual([400, 'no-store']);
    const mutation = await get(cached.url, { query: 'mutation { __typename }' });
    expect([mutation.status, mutation.headers['cache-control']]).toEqual([405, 'no-store']);
  });
});

describe('what is stored by hash', () => {
  it('is valid: another text is refused each time', async () => {
    const query = '{ nothing }';
    const extensions = byHash(sha256(query));
    const first = await post(gateway.url, { query, extensions });
    expect(codesOf(first)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(codesOf(await post(gateway.url, { extensions }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it('is no longer than 64 KiB; a longer one runs, but is sent each time', async () => {
    const query = `${QUERY} # ${'x'.repeat(65_536)}`;
    const extensions = byHash(sha256(query));
    const whole = await post(gateway.url, { query, variables, extensions });
    expect(whole.data).toEqual(found);
    expect(codesOf(await post(gateway.url, { variables, extensions }))).toEqual([
      'PERSISTED_QUERY_NOT_FOUND',
    ]);
  });

  it('is let go of, the oldest first, when there is too much of it', async () => {
    const of = (index: number) => `{ topics { id } } # ${index} ${'x'.repeat(60_000)}`;
    // 16 MiB hold about 279 of them.
    for (let index = 0; index < 300; index += 1) {
      const query = of(index);
      await post(gateway.url, { query, extensions: byHash(sha256(query)) });
    }
    const codes = async (index: number) =>
      codesOf(await post(gateway.url, { extensions: byHash(sha256(of(index))) }));
    expect([await codes(0), await codes(299)]).toEqual([['PERSISTED_QUERY_NOT_FOUND'], []]);
  });
});

describe('GET', () => {
  it('serves a plain address, without a header that identifies the client', async () => {
    const response = await get(gateway.url, { query: QUERY, variables });
    expect(response).toMatchObject({ status: 200, data: found, errors: [] });
  });

  it.each([
    ['a mutation', 'mutation B { retract(input: {}) { __typename } }'],
    ['a mutation among queries', 'query A { __typename } mutation B { __typename }'],
  ])('changes nothing: %s', async (_, query) => {
    const response = await get(gateway.url, { query, operationName: 'B' });
    expect(codesOf(response)).not.toContain('INTERNAL');
    expect(response.errors).not.toEqual([]);
    expect([400, 405]).toContain(response.status);
    expect(response.data ?? null).toBeNull();
  });

  it('of a valid mutation is 405, with the allowed methods', async () => {
    const query = 'mutation A($input: RetractInput!) { retract(input: $input) { __typename } }';
    const refused = await get(gateway.url, { query }, { 'accept-language': 'fr' });
    expect([refused.status, refused.headers['allow']]).toEqual([405, 'POST']);
    expect(refused.errors[0]).toMatchObject({ extensions: { reason: 'GET_FOR_QUERIES' } });
    expect(refused.errors[0]?.message).toContain('par POST');
  });
});

describe('a page of another site', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'can post nothing that is read: %s',
    async (type) => {
      const response = await post(
        gateway.url,
        { query: QUERY, variables },
        { 'content-type': type },
      );
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(codesOf(response)).toEqual(['BAD_REQUEST']);
    },
  );
});

it('Apollo Client sends hashes by GET, and the text only once', async () => {
  const sent: string[] = [];
  const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(
    new HttpLink({
      uri: gateway.url,
      fetch: (address, init) => {
        const sentText = `${address as string} ${(init?.body as string | undefined) ?? ''}`;
        sent.push(`${init?.method} ${sentText.includes('TitleOfRelease') ? 'text' : 'hash'}`);
        return fetch(address, init);
      },
    }),
  );
  const run = () => {
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    return client.query<{ release: { number: string } }>({
      query: readyOperation('ReleaseTitles'),
      variables: { number: '101/20' },
    });
  };
  const misses = () => gateway.app.operations.persistedQueries.counts.misses;
  const before = misses();
  expect((await run()).data?.release.number).toBe('101/20');
  expect((await run()).data?.release.number).toBe('101/20');
  expect(sent.at(-1)).toBe('GET hash');
  expect([sent.length, misses() - before]).toEqual([3, 1]);
});
