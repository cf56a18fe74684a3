import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Locale, TAG_OF } from '../../src/kernel/locale.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy } from '../support/copy.js';
import { PressOffice } from '../support/publishing.js';

let gateway: TestApp;

beforeAll(async () => {
  // With all that the process caches: no reader gets what another one refused.
  gateway = await createTestApp({
    responseCache: { maxBytes: 8 * 2 ** 20, maxAge: 1 },
    readModelBytes: 8 * 2 ** 20,
  });
  await gateway.given(
    aRelease('101/20').dated('2020-01-10').mentioning('HT').in('FR').in('EN').in('ES').published(),
    aRelease('102/20').dated('2020-02-10').in('FR').published(),
  );
  await new PressOffice(gateway).editor.mutate('mutation { __typename }');
});
afterAll(() => gateway.close());

interface Localized {
  readonly id: string;
  readonly title: { readonly lang: string; readonly isFallback: boolean };
  readonly resolution: {
    readonly requested: readonly string[];
    readonly refused: readonly string[];
    readonly trail: readonly { readonly locale: string }[];
  };
}

async function localized(header: string, args = '', number = '101/20'): Promise<Localized | null> {
  const { data, errors, headers } = await gateway.query<{
    release: { localized: Localized | null };
  }>(
    `{ release(number: "${number}") { localized${args} {
         id title { lang isFallback } resolution { requested refused trail { locale } } } } }`,
    { headers: { 'accept-language': header } },
  );
  expect(errors).toEqual([]);
  expect(headers['vary']?.includes('Accept-Language') ?? false).toBe(!args.includes('languages'));
  return data.release.localized;
}

describe('a language with a weight of 0 comes last and counts as a fallback', () => {
  const rows: [header: string, args: string, lang: string | null, isFallback: boolean][] = [
    ['fr;q=0', '', 'en', true],
    ['', '', 'fr', false],
    ['en', '', 'en', false],
    ['en;q=0', '', 'fr', false],
    ['en;q=0, fr;q=0', '', 'es', true],
    ['es, en;q=0', '', 'es', false],
    ['*;q=0', '', 'fr', true],
    ['en, *;q=0', '', 'en', false],
    ['pt, fr;q=0', '', 'en', true],
    ['ht, fr;q=0', '', 'en', true],
    ['ht, en', '', 'en', false],
    ['fr-CA;q=0', '', 'fr', false],
    ['fr;q=abc', '', 'fr', false],
    ['fr;q=0', '(audience: "HT")', 'en', true],
    ['fr;q=0', '(coherence: FIELD)', 'en', true],
    ['fr;q=0', '(coherence: STRICT)', null, true],
    ['fr;q=0', '(audience: "HT", coherence: STRICT)', null, true],
    ['fr;q=0, en', '(coherence: STRICT)', 'en', false],
    // Languages in the query take precedence over those of the header.
    ['fr;q=0', '(languages: ["fr"])', 'fr', false],
    ['fr;q=0', '(languages: [])', 'fr', false],
  ];

  it.each(rows)('%j%s: %s', async (header, args, lang, isFallback) => {
    const expected = lang === null ? null : { lang, isFallback };
    // Anew, then twice as it is cached.
    for (let time = 1; time <= 3; time += 1) {
      const found = await localized(header, args);
      expect([time, found?.title ?? null]).toEqual([time, expected]);
    }
  });

  it('serves it where there is nothing else', async () => {
    const found = await localized('fr;q=0', '', '102/20');
    expect(found?.title).toEqual({ lang: 'fr', isFallback: true });
    expect(found?.resolution).toEqual({
      requested: [],
      refused: ['FR'],
      trail: ['EN', 'ES', 'PT', 'FR'].map((locale) => ({ locale })),
    });
  });

  it('reports it for the whole context', async () => {
    const { data } = await gateway.query('{ localization { requested refused chain } }', {
      headers: { 'accept-language': 'ht, fr;q=0' },
    });
    const chain = ['ORIGINAL', 'EN', 'ES', 'PT', 'FR'];
    expect(data).toEqual({ localization: { requested: ['ht'], refused: ['FR'], chain } });
  });
});

describe('a view with a refusal', () => {
  it('has an id of its own, which finds it again', async () => {
    const plain = await localized('ht');
    const other = await localized('ht, fr;q=0');
    expect(other?.id).not.toBe(plain?.id);
    const { data } = await gateway.query(
      'query ($id: ID!) { node(id: $id) { id ... on LocalizedRelease { title { lang } } } }',
      { variables: { id: other?.id }, headers: { 'accept-language': 'pt' } },
    );
    expect(data).toEqual({ node: { id: other?.id, title: { lang: 'en' } } });
  });

  it('is what lists, their order and search are about', async () => {
    const list = async (header: string, args: string) => {
      const { data } = await gateway.query<{
        releases: { nodes: { number: string }[]; edges: { localized: Localized | null }[] };
      }>(
        `{ releases(${args}) { nodes { number } edges { localized { title { lang isFallback } } } } }`,
        { headers: { 'accept-language': header } },
      );
      const { nodes, edges } = data.releases;
      return nodes.map(({ number }, n) => `${number} ${edges[n]?.localized?.title.lang}`);
    };
    expect(await list('fr;q=0', 'orderBy: DATE_ASC')).toEqual(['101/20 en', '102/20 fr']);
    expect(await list('', 'orderBy: DATE_ASC')).toEqual(['101/20 fr', '102/20 fr']);
    expect(await list('fr;q=0', 'search: "title"')).toEqual(['102/20 fr', '101/20 en']);
    expect(await list('fr;q=0', 'orderBy: DATE_ASC, coherence: STRICT')).toEqual([
      '101/20 undefined',
      '102/20 undefined',
    ]);
  });

  it('has a copy of its own', async () => {
    const copyOf = (header: string) =>
      new Copy((document, request) => {
        return gateway.query(document, { ...request, headers: { 'accept-language': header } });
      }, {});
    const copy = copyOf('ht, fr;q=0');
    await copy.sync();
    expect(JSON.stringify(copy.content)).toContain('Title of 101/20 in EN');
    const resumed = copyOf('ht');
    resumed.cursor = copy.cursor;
    expect((await resumed.pull()).reset).toBe(true);
  });
});

const messages = loadMessages();
const ROWS: [header: string, locale: Locale][] = [
  ['fr;q=0', 'EN'],
  ['en;q=0', 'ES'],
  ['ht, fr;q=0', 'EN'],
  ['ht, en', 'EN'],
  ['ht, pt', 'PT'],
  ['ht', 'FR'],
  ['en;q=0, es;q=0', 'FR'],
  ['*;q=0', 'EN'],
  ['', 'EN'],
];

describe('an error has its language in Content-Language, never a refused one', () => {
  it.each(ROWS)('for %j of an operation: %s', async (header, locale) => {
    const { status, errors, headers } = await gateway.query('{ release { number } }', {
      headers: { 'accept-language': header },
    });
    const message = messages.text(locale, 'errors:RELEASE_SELECTOR_UNCLEAR');
    expect([status, errors.map((error) => error.message)]).toEqual([200, [message]]);
    expect(headers).toMatchObject({ 'content-language': TAG_OF[locale], vary: 'Accept-Language' });
  });

  it.each(ROWS)('for %j beside the name of a state: %s', async (header, locale) => {
    const { data, headers } = await gateway.query(
      '{ memberState(code: "HT") { name { lang } } release { number } }',
      { headers: { 'accept-language': header } },
    );
    expect(data).toMatchObject({ memberState: { name: { lang: TAG_OF[locale] } } });
    expect(headers['content-language']).toBe(TAG_OF[locale]);
  });

  it('and of texts and errors, both', async () => {
    const { headers } = await gateway.query(
      `{ release(number: "101/20") { localized(languages: ["fr"]) { title { value } } }
         missing: release { number } }`,
      { headers: { 'accept-language': 'es' } },
    );
    expect(headers['content-language']).toBe('es, fr');
  });

  it('of an operation that is none', async () => {
    for (const query of ['{ nope }', '{', 'mutation { nope }', '']) {
      const { errors, headers } = await gateway.query(query, {
        headers: { 'accept-language': 'pt' },
      });
      expect([query, errors.length > 0, headers['content-language']]).toEqual([query, true, 'pt']);
    }
  });

  it('except for the messages of a protocol, which have no language', async () => {
    const persistedQuery = { version: 1, sha256Hash: '0'.repeat(64) };
    const reply = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'pt' },
      body: JSON.stringify({ extensions: { persistedQuery } }),
    });
    expect(await reply.text()).toContain('PersistedQueryNotFound');
    expect(reply.headers.get('content-language')).toBeNull();
  });

  const routes: [path: string, init: RequestInit, status: number][] = [
    ['/nothing', {}, 404],
    ['/feeds/nl.atom', {}, 404],
    ['/feeds/fr_CA.atom', {}, 400],
    ['/feeds/fr/ZZ.rss', {}, 400],
    ['/sitemap-9.xml', {}, 404],
    ['/locales/fr/nope.json', {}, 404],
    ['/locales/fr_CA/app.json', {}, 400],
    [
      '/graphql',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      '/graphql',
      { method: 'POST', body: '[]', headers: { 'content-type': 'application/json' } },
      400,
    ],
    ['/graphql', { method: 'PUT' }, 404],
    ['/graphql?query=mutation%7Bnope%7D', {}, 400],
  ];

  it.each(routes)('at %s with %j: %i', async (path, init, status) => {
    for (const [header, language] of [
      ['ht, pt', 'pt'],
      ['en;q=0, es;q=0', 'fr'],
    ] as const) {
      const headers = { ...init.headers, 'accept-language': header };
      const reply = await fetch(new URL(path, gateway.url), { ...init, headers });
      const { errors } = (await reply.json()) as { errors: unknown[] };
      expect([reply.status, errors.length]).toEqual([status, 1]);
      expect(reply.headers.get('content-language')).toBe(language);
      expect(reply.headers.get('vary')).toContain('Accept-Language');
    }
  });

  it('on an event stream that only reports an error', async () => {
    const query = encodeURIComponent('subscription { nope }');
    const reply = await fetch(`${gateway.url}?query=${query}`, {
      headers: { accept: 'text/event-stream', 'accept-language': 'ht, pt' },
    });
    expect(await reply.text()).toContain('"errors"');
    expect(reply.headers.get('content-language')).toBe('pt');
  });
});
