import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { print } from 'graphql';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { readyOperation } from '../support/ready-operations.js';
import { type RawRequest, type RawResponse, rawRequest } from '../support/raw-response.js';

const LIST =
  '{ releases(first: 20) { nodes { number locales { locale status } alternates { slug } } } }';
const MIB = 2 ** 20;

let gateway: TestApp;
/** The same, with whole responses cached. */
let storing: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  storing = await createTestApp({ responseCache: { maxBytes: 8 * MIB, maxAge: 1 } });
  for (const app of [gateway, storing]) {
    const numbers = Array.from({ length: 12 }, (_, index) => `${101 + index}/20`);
    await app.given(...numbers.map((number) => aRelease(number).in('EN').in('FR').published()));
  }
});
afterAll(async () => {
  await gateway.close();
  await storing.close();
});

const addressOf = (app: TestApp, path: string) => new URL(path, app.url).href;
const queryPath = (query: string) => `/graphql?${String(new URLSearchParams({ query }))}`;
const post = (body: object, headers: object = {}): RawRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** What differs between two responses to the same request in any case. */
const withoutIds = ({ text }: RawResponse) =>
  text.replace(/"(requestId|cursor|serverTime)":"[^"]+"/g, '');

const syncBody = {
  query: print(readyOperation('ReleaseChanges')),
  variables: { languages: ['fr'], audience: 'HT', coherence: 'RELEASE', first: 100 },
};
const manyErrors = {
  query: `{ ${Array.from({ length: 25 }, (_, index) => `unknown${index}`).join(' ')} }`,
};

const routes: [what: string, path: string, request: RawRequest, status: number][] = [
  ['a first copy', '/graphql', post(syncBody), 200],
  ['a list by POST', '/graphql', post({ query: LIST }), 200],
  ['a list by GET', queryPath(LIST), {}, 200],
  ['errors', '/graphql', post(manyErrors), 400],
  ['an Atom feed', '/feeds/fr.atom', {}, 200],
  ['an RSS feed', '/feeds/fr/HT.rss', {}, 200],
  ['a JSON feed', '/feeds/fr.json', {}, 200],
  ['the sitemap', '/sitemap.xml', {}, 200],
  ['a bundle', '/locales/fr/status.json', {}, 200],
  ['a bundle for Android', '/locales/fr/status.json?format=android', {}, 200],
];

describe.each([
  ['nothing stored', () => gateway],
  ['whole answers stored', () => storing],
] as const)('with %s', (_name, app) => {
  it.each(routes)(
    '%s comes in the encoding that the client prefers',
    async (_, path, req, status) => {
      const url = addressOf(app(), path);
      const send = (accepted: string | null) =>
        rawRequest(url, {
          ...req,
          headers: { ...req.headers, ...(accepted !== null && { 'accept-encoding': accepted }) },
        });
      const plain = await send(null);
      expect(plain.status).toBe(status);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.bytes.length).toBeGreaterThan(1_000);
      for (const [accepted, encoding] of [
        ['gzip, deflate, br', 'br'],
        ['gzip', 'gzip'],
        ['br;q=0.5, gzip;q=0.8', 'gzip'],
        ['identity;q=0, *;q=0.1', 'br'],
      ] as const) {
        // The first response is compressed as well as later ones.
        for (const response of [await send(accepted), await send(accepted)]) {
          expect([accepted, response.status]).toEqual([accepted, status]);
          expect([accepted, response.headers['content-encoding']]).toEqual([accepted, encoding]);
          expect(response.headers['content-length']).toBe(String(response.bytes.length));
          expect(response.bytes.length).toBeLessThan(plain.bytes.length * 0.75);
          expect(withoutIds(response)).toBe(withoutIds(plain));
          expect(response.headers['accept-ranges']).toBeUndefined();
        }
      }
      expect((await send('identity')).headers['content-encoding']).toBeUndefined();
    },
  );

  it.each(routes.filter(([, , { method }]) => method === undefined))(
    '%s has a tag for each encoding, and is not sent again by any',
    async (_, path) => {
      const url = addressOf(app(), path);
      const send = (headers: Record<string, string>) => rawRequest(url, { headers });
      const responses = await Promise.all(
        ['identity', 'gzip', 'br'].map((one) => send({ 'accept-encoding': one })),
      );
      const tags = responses.map(({ headers }) => headers.etag);
      // Only cached GraphQL responses have an ETag.
      if (tags[0] === undefined) return expect(app()).toBe(gateway);
      expect(new Set(tags).size).toBe(3);
      for (const { headers } of responses) expect(headers.vary).toContain('Accept-Encoding');
      for (const etag of tags) {
        const again = await send({ 'accept-encoding': 'br', 'if-none-match': String(etag) });
        expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, etag]);
        expect(again.headers.vary).toBe(responses[0]?.headers.vary);
        expect(again.headers['content-encoding']).toBeUndefined();
      }
    },
  );

  it.each(routes.filter(([, , { method }]) => method === undefined))(
    '%s is the same by HEAD, without its text',
    async (_, path) => {
      const url = addressOf(app(), path);
      const headers = { 'accept-encoding': 'br' };
      const full = await rawRequest(url, { headers });
      const bodiless = await rawRequest(url, { method: 'HEAD', headers });
      expect([bodiless.status, bodiless.bytes.length]).toEqual([200, 0]);
      for (const name of ['content-encoding', 'content-length', 'content-type', 'etag', 'vary']) {
        expect([name, bodiless.headers[name]]).toEqual([name, full.headers[name]]);
      }
    },
  );
});

describe('Vary: Accept-Encoding', () => {
  it('is left out where nothing is stored, or too small to be compressed', async () => {
    const accepted = { 'accept-encoding': 'gzip' };
    const small = await rawRequest(addressOf(storing, queryPath('{ __typename }')), {
      headers: accepted,
    });
    expect(small.headers['content-encoding']).toBeUndefined();
    expect(small.headers.vary ?? '').not.toContain('Accept-Encoding');
    const posted = await rawRequest(storing.url, post({ query: LIST }, accepted));
    expect(posted.headers['content-encoding']).toBe('gzip');
    expect(posted.headers.vary ?? '').not.toContain('Accept-Encoding');
  });
});

it('sends a small response plain unless the client refuses that', async () => {
  const send = (accepted: string) =>
    rawRequest(gateway.url, post({ query: '{ __typename }' }, { 'accept-encoding': accepted }));
  expect((await send('gzip, br')).headers['content-encoding']).toBeUndefined();
  const refused = await send('gzip, identity;q=0');
  expect(refused.headers['content-encoding']).toBe('gzip');
  expect(refused.text).toContain('"__typename":"Query"');
});

it('compresses what staff get, and lets no cache store it', async () => {
  const staff = await gateway.as('EDITOR').headers();
  const query =
    '{ editorialReleases(first: 20) { nodes { number translations { locale state } } } }';
  const response = await rawRequest(
    gateway.url,
    post({ query }, { ...staff, 'accept-encoding': 'br' }),
  );
  expect(response.status).toBe(200);
  expect(response.headers['content-encoding']).toBe('br');
  expect(response.headers['cache-control']).toBe('no-store');
});

it('leaves an event stream as it is: each event has to arrive at once', async () => {
  const query = 'subscription { releaseChanged { cursor } }';
  const abort = new AbortController();
  const response = await fetch(gateway.url, {
    ...post({ query }, { accept: 'text/event-stream', 'accept-encoding': 'gzip, br' }),
    signal: abort.signal,
  } as RequestInit);
  const reader = response.body?.getReader();
  expect(response.headers.get('content-encoding')).toBeNull();
  expect((await reader?.read())?.done).toBe(false);
  abort.abort();
});
