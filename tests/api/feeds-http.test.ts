import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type GraphqlError, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('101/20').in('EN').in('FR').published());
  // As if it were of yesterday: a time within this second is not reliable.
  await asOwner(
    gateway.database,
    `UPDATE published.change_log SET at = '2020-05-04T10:20:30.789Z'`,
  );
});
afterAll(() => gateway.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(new URL(path, gateway.url), {
    headers: { 'accept-encoding': 'identity', ...headers },
    method,
    redirect: 'manual',
  });

/** fetch sets the header Host itself. */
async function fromHost(path: string, host: string): Promise<string> {
  const { port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, headers: { host } }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
      reply.on('end', () => resolve(text));
    });
    sent.on('error', reject).end();
  });
}

describe('a feed over HTTP', () => {
  it.each([
    ['/feeds/fr.atom', 'application/atom+xml; charset=utf-8', 'fr'],
    ['/feeds/fr.rss', 'application/rss+xml; charset=utf-8', 'fr'],
    ['/feeds/en/HT.json', 'application/feed+json; charset=utf-8', 'en'],
    ['/sitemap.xml', 'application/xml; charset=utf-8', null],
  ])('%s has its type, and caches must revalidate it', async (path, type, language) => {
    const { headers } = await get(path, { 'accept-language': 'pt' });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': type,
      'cache-control': 'public, no-cache',
      'last-modified': 'Mon, 04 May 2020 10:20:30 GMT',
    });
    expect(headers.get('content-language')).toBe(language);
    // The address alone decides what is there.
    expect(headers.get('vary')).toBe('Accept-Encoding');
  });

  it.each(['/feeds/fr.atom', '/feeds/fr.rss', '/feeds/fr.json', '/sitemap.xml'])(
    '%s is not sent again to a client that has it',
    async (path) => {
      const first = await get(path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{20,}"$/);
      const conditions = [
        [{ 'if-none-match': etag }, 304],
        [{ 'if-none-match': `"other", W/${etag}` }, 304],
        [{ 'if-none-match': '"other"' }, 200],
        [{ 'if-modified-since': 'Mon, 04 May 2020 10:20:30 GMT' }, 304],
        [{ 'if-modified-since': 'Mon, 04 May 2020 10:20:29 GMT' }, 200],
        [{ 'if-modified-since': 'yesterday' }, 200],
        // RFC 9110 §13.1.3: the tag decides alone.
        [{ 'if-none-match': '"other"', 'if-modified-since': 'Mon, 04 May 2026 10:20:30 GMT' }, 200],
      ] as [Record<string, string>, number][];
      for (const [headers, status] of conditions) {
        const reply = await get(path, headers);
        expect([headers, reply.status]).toEqual([headers, status]);
        expect(reply.headers.get('etag')).toBe(etag);
        expect((await reply.text()).length > 0).toBe(status === 200);
      }
    },
  );

  it('responds to HEAD with the same headers and no body', async () => {
    const [whole, bodiless] = await Promise.all([
      get('/feeds/fr.atom'),
      get('/feeds/fr.atom', {}, 'HEAD'),
    ]);
    expect(bodiless.status).toBe(200);
    expect(await bodiless.text()).toBe('');
    for (const name of ['etag', 'content-type', 'content-length', 'last-modified']) {
      expect([name, bodiless.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
    }
  });

  it.each([
    ['/feeds/FR.atom', '/feeds/fr.atom'],
    ['/feeds/fr-CA.rss', '/feeds/fr.rss'],
    ['/feeds/ht/HT.json', '/feeds/fr/HT.json'],
    ['/feeds/qu/pe.ATOM', '/feeds/es/PE.atom'],
    ['/feeds/pt-PT.json', '/feeds/pt.json'],
  ])('%s leads to %s', async (path, target) => {
    const reply = await get(path);
    expect(reply.status).toBe(301);
    expect(reply.headers.get('location')).toBe(new URL(target, gateway.url).href);
  });

  it.each([
    ['/feeds/nl.atom', 404, 'NOT_FOUND'],
    ['/feeds/fr.xml', 404, 'NOT_FOUND'],
    ['/feeds/fr', 404, 'NOT_FOUND'],
    ['/feeds/.atom', 404, 'NOT_FOUND'],
    ['/feeds/fr_CA.atom', 400, 'LANGUAGE_TAG_MALFORMED'],
    ['/feeds/fr/ZZ.atom', 400, 'COUNTRY_UNKNOWN'],
    ['/feeds/fr/Haiti.atom', 400, 'COUNTRY_UNKNOWN'],
    ['/sitemap-2.xml', 404, 'NOT_FOUND'],
    ['/sitemap-0.xml', 404, 'NOT_FOUND'],
  ])('%s is refused: %i %s', async (path, status, reason) => {
    const reply = await get(path, { 'accept-language': 'pt-BR' });
    const { errors } = (await reply.json()) as { errors: GraphqlError[] };
    expect([reply.status, errors[0]?.extensions.reason]).toEqual([status, reason]);
    expect(reply.headers.get('vary')).toMatch(/\bAccept-Language\b/);
    expect(reply.headers.get('content-language')).toBe('pt');
    expect(errors[0]?.message).toMatch(/não|encontrado/);
  });

  it('gives links that a stranger cannot choose', async () => {
    const own = new URL(gateway.url).origin;
    expect(await fromHost('/feeds/fr.json', 'evil.example')).toContain(`"${own}/feeds/fr.json"`);
    const forwarded = await fromHost('/feeds/fr.json', 'localhost:8080');
    expect(forwarded).toContain('"http://localhost:8080/feeds/fr.json"');
    expect(forwarded).toContain('"http://localhost:8080/fr/101-20-title-of-101-20-in-fr"');
  });
});

it('a change is there at once, with another tag', async () => {
  const before = await get('/feeds/fr.atom');
  await new Staff(gateway.database).retract('101/20', ['FR']);
  const etag = before.headers.get('etag') ?? '';
  const since = before.headers.get('last-modified') ?? '';
  expect((await get('/feeds/fr.atom', { 'if-none-match': etag })).status).toBe(200);
  const after = await get('/feeds/fr.atom', { 'if-modified-since': since });
  expect(after.status).toBe(200);
  expect(await after.text()).not.toContain('<entry');
});
