import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type CloseCode, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

const HERE = 'https://www.example.org';
const ELSEWHERE = 'https://elsewhere.example.net';
const RESPONSE_CACHE = { maxBytes: 4_000_000, maxAge: 1 };

let open: TestApp;
let narrowed: TestApp;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  open = await createTestApp({ responseCache: RESPONSE_CACHE });
  narrowed = await createTestApp({
    responseCache: RESPONSE_CACHE,
    corsOrigins: [HERE],
    site: { publicUrl: 'https://api.example.org/gateway', releaseUrl: '{PUBLIC_URL}/{slug}' },
  });
  for (const gateway of [open, narrowed]) {
    await gateway.given(aRelease('101/26').in('EN').in('ES').published());
  }
});
afterAll(async () => {
  await open.close();
  await narrowed.close();
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()));

function get(gateway: TestApp, path: string, init: RequestInit = {}, origin: string | null = HERE) {
  const headers = { ...(origin !== null && { origin }), ...(init.headers as object) };
  return fetch(new URL(path, gateway.url), { ...init, headers });
}

const QUERY = '/graphql?query=%7B%20release(number%3A%22101%2F26%22)%20%7B%20number%20%7D%20%7D';
const post = (query: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query }),
});

/** What a page may request: path, request and the status of the response. */
const REQUESTS: [name: string, path: string, init: RequestInit, status: number][] = [
  ['a query by GET', QUERY, {}, 200],
  ['a query by POST', '/graphql', post('{ release(number: "101/26") { number } }'), 200],
  ['the same again, cached', '/graphql', post('{ release(number: "101/26") { number } }'), 200],
  ['the same by GET, cached', QUERY, {}, 200],
  ['a query that is not valid', '/graphql', post('{ nope }'), 400],
  ['a body that is no JSON', '/graphql', { ...post(''), body: '{' }, 400],
  ['a mutation without a token', '/graphql', post('mutation { a: __typename }'), 200],
  [
    'a token that is not valid',
    '/graphql',
    post('{ __typename }', { authorization: 'Bearer x' }),
    401,
  ],
  ['a mutation by GET', '/graphql?query=mutation%7B__typename%7D', {}, 405],
  ['a feed', '/feeds/en.json', {}, 200],
  ['a feed that does not exist', '/feeds/en.docx', {}, 404],
  ['the sitemap', '/sitemap.xml', {}, 200],
  ['a bundle', '/locales/en/app.json', {}, 200],
  ['a bundle that does not exist', '/locales/en/nope.json', {}, 404],
];

describe('by default', () => {
  it.each(REQUESTS)('any page may read the response to %s', async (_name, path, init, status) => {
    for (const origin of [HERE, ELSEWHERE, 'null', null]) {
      const { headers, ...response } = await get(open, path, init, origin).then((one) => ({
        headers: one.headers,
        status: one.status,
      }));
      expect([response.status, headers.get('access-control-allow-origin')]).toEqual([status, '*']);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('vary') ?? '').not.toMatch(/origin/i);
      const exposed = headers.get('access-control-expose-headers') ?? '';
      for (const name of ['ETag', 'Content-Language', 'Retry-After', 'X-Request-Id']) {
        expect(exposed.split(', ')).toContain(name);
      }
    }
  });

  it.each([QUERY, '/feeds/en.json', '/sitemap.xml', '/locales/en/app.json'])(
    'a response that is known already has it, too: %s',
    async (path) => {
      await get(open, path);
      const etag = (await get(open, path)).headers.get('etag') ?? '';
      const again = await get(open, path, { headers: { 'if-none-match': etag } });
      expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
    },
  );

  it.each([
    ['/graphql', 'GET, HEAD, POST'],
    ['/graphql?operationName=x', 'GET, HEAD, POST'],
    ['/feeds/en.json', 'GET, HEAD'],
    ['/sitemap.xml', 'GET, HEAD'],
    ['/locales/fr/app.json', 'GET, HEAD'],
  ])(
    'a preflight of %s succeeds and may be cached; a token is not allowed',
    async (path, methods) => {
      const wanted = {
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      };
      const response = await get(open, path, { method: 'OPTIONS', headers: wanted });
      expect([response.status, await response.text()]).toEqual([204, '']);
      const { headers } = response;
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-methods')).toBe(methods);
      expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(3_600);
      const allowed = (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');
      expect(allowed).toEqual(expect.arrayContaining(PAGE_HEADERS));
      expect(allowed).not.toContain('authorization');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it('an event stream can be read', async () => {
    const stop = new AbortController();
    const query = encodeURIComponent('subscription { releaseChanged { cursor } }');
    const response = await get(open, `/graphql?query=${query}`, {
      headers: { accept: 'text/event-stream' },
      signal: stop.signal,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    stop.abort();
  });

  it('the explorer, its files and the state of the server are for no other origin', async () => {
    for (const path of ['/graphql/assets/nope.js', '/livez', '/readyz', '/nowhere']) {
      const { headers } = await get(open, path);
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null]);
    }
  });
});

const PAGE_HEADERS = [
  'content-type',
  'accept-language',
  'idempotency-key',
  'traceparent',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
];

describe('with CORS_ORIGINS', () => {
  it.each(REQUESTS)(
    'only the named origins read the response to %s',
    async (_, path, init, status) => {
      for (const [origin, allowed] of [
        [HERE, HERE],
        [ELSEWHERE, null],
        [`${HERE}.evil.net`, null],
        ['null', null],
        [null, null],
      ]) {
        const response = await get(narrowed, path, init, origin);
        expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
          status,
          allowed,
        ]);
        expect(response.headers.get('vary')?.split(', ')).toContain('Origin');
        expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      }
    },
  );

  it('a preflight allows them a token, and nobody else anything', async () => {
    const wanted = { 'access-control-request-method': 'POST' };
    const init = { method: 'OPTIONS', headers: wanted };
    const named = await get(narrowed, '/graphql', init);
    expect([named.status, named.headers.get('access-control-allow-origin')]).toEqual([204, HERE]);
    expect(named.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(
      'authorization',
    );
    const other = await get(narrowed, '/graphql', init, ELSEWHERE);
    expect(other.status).toBe(204);
    for (const name of ['origin', 'methods', 'headers']) {
      expect(other.headers.get(`access-control-allow-${name}`)).toBeNull();
    }
    for (const { headers } of [named, other]) expect(headers.get('vary')).toBe('Origin');
  });

  it('a cached response of one origin is not given to another one', async () => {
    const etag = (await get(narrowed, QUERY)).headers.get('etag') ?? '';
    const known = { headers: { 'if-none-match': etag } };
    const here = await get(narrowed, QUERY, known);
    expect([here.status, here.headers.get('access-control-allow-origin')]).toEqual([304, HERE]);
    const elsewhere = await get(narrowed, QUERY, known, ELSEWHERE);
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
    expect(elsewhere.headers.get('vary')?.split(', ')).toContain('Origin');
  });
});

describe('a WebSocket', () => {
  /** @returns the status with which it was refused, or 101 */
  const upgrade = (gateway: TestApp, origin: string | null): Promise<number> =>
    new Promise((resolve, reject) => {
      const url = gateway.url.replace('http', 'ws');
      const options = origin === null ? {} : { origin };
      const socket = new WebSocket(url, 'graphql-transport-ws', options);
      sockets.push(socket);
      socket.once('open', () => resolve(101));
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.once('error', reject);
    });

  it.each([
    ['open', HERE, 101],
    ['open', ELSEWHERE, 101],
    ['open', null, 101],
    ['narrowed', HERE, 101],
    ['narrowed', 'https://api.example.org', 101],
    ['narrowed', 'OWN', 101],
    ['narrowed', null, 101],
    ['narrowed', ELSEWHERE, 403],
    ['narrowed', `${HERE}.evil.net`, 403],
    ['narrowed', 'null', 403],
    ['narrowed', 'nonsense', 403],
  ])('%s, from %s: %i', async (which, origin, status) => {
    const gateway = which === 'open' ? open : narrowed;
    const own = new URL(gateway.url).origin;
    expect(await upgrade(gateway, origin === 'OWN' ? own : origin)).toBe(status);
  });

  /** @returns the code with which the connection ended; null where the token was taken */
  const greet = async (gateway: TestApp, origin: string | null): Promise<number | null> => {
    const { authorization } = await gateway.as('TRANSLATOR', 'FR').headers();
    const client = createClient({
      url: gateway.url.replace('http', 'ws'),
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol, origin === null ? {} : { origin });
          sockets.push(this);
        }
      },
      connectionParams: { authorization },
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => undefined,
    });
    try {
      return await new Promise((resolve) => {
        client.on('connected', () => resolve(null));
        client.on('closed', (event) => resolve((event as { code: CloseCode }).code));
      });
    } finally {
      await client.dispose();
    }
  };

  it.each([
    ['open', HERE, 4403],
    ['open', null, null],
    ['open', 'OWN', null],
    ['narrowed', HERE, null],
    ['narrowed', null, null],
  ])('%s, from %s, with a token: %s', async (which, origin, code) => {
    const gateway = which === 'open' ? open : narrowed;
    const own = new URL(gateway.url).origin;
    expect(await greet(gateway, origin === 'OWN' ? own : origin)).toBe(code);
  });
});
