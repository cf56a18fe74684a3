import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type App, createApp } from '../../src/app/app.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { Authenticator } from '../../src/platform/auth/authenticator.js';
import { type Database, openDatabase } from '../../src/platform/db/index.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { testSettings } from '../support/database.js';

let gateway: TestApp;
/** Another node on the same database, with another order of locales. */
let other: { readonly app: App; readonly database: Database; readonly origin: string };

beforeAll(async () => {
  gateway = await createTestApp();
  const database = await openDatabase(testSettings(gateway.ownerUrl));
  const app = await createApp({
    database,
    authenticator: new Authenticator([]),
    messages: loadMessages(),
    localeOrder: [...LOCALES].reverse(),
    log: createLog('silent'),
  });
  other = { app, database, origin: await app.http.listen({ host: '127.0.0.1', port: 0 }) };
});
afterAll(async () => {
  await other.app.close();
  await other.database.close();
  await gateway.close();
});

const get = (path: string, init: RequestInit = {}, origin = new URL(gateway.url).origin) =>
  fetch(`${origin}/locales/${path}`, {
    ...init,
    headers: { 'accept-encoding': 'identity', ...(init.headers as Record<string, string>) },
  });

const save = async (key: string, locale: string, value: string, expectedRevision = 0) => {
  const { data, errors } = await gateway.as('ADMIN').mutate<{ saveLocaleEntry: object }>(
    `mutation ($input: SaveLocaleEntryInput!) { saveLocaleEntry(input: $input) {
       __typename ... on Problem { message } } }`,
    { variables: { input: { namespace: 'mobile', key, locale, value, expectedRevision } } },
  );
  expect([errors, data.saveLocaleEntry]).toEqual([[], { __typename: 'LocaleEntryPayload' }]);
};

describe('GET /locales/{language}/{namespace}.json', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR-ca', 'fr'],
    ['ht', 'fr'],
    ['qu', 'es'],
    ['pt-PT', 'pt'],
    ['es-419', 'es'],
    ['zh-Hant-TW', 'en'],
    ['dev', 'en'],
  ])('serves %s from %s, and reports it', async (tag, served) => {
    const response = await get(`${tag}/status.json`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-language')).toBe(served);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { data } = await gateway.query<{ localeBundle: { resources: object; version: string } }>(
      `{ localeBundle(namespace: "status", languages: ["${served}"]) { resources version } }`,
    );
    expect(await response.json()).toEqual(data.localeBundle.resources);
    expect(response.headers.get('bundle-version')).toBe(data.localeBundle.version);
    expect(response.headers.get('etag')).toBe(`"${data.localeBundle.version}"`);
  });

  it('falls back in the configured order', async () => {
    const response = await get('nl/app.json', {}, other.origin);
    expect(response.headers.get('content-language')).toBe('pt');
  });

  it('may be cached for a minute, by any cache, for any page', async () => {
    const { headers } = await get('es/app.json', { headers: { origin: 'https://apps.example' } });
    expect(headers.get('cache-control')).toBe('public, max-age=60');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toContain('Bundle-Version');
    expect(headers.get('vary')).toBe('Accept-Encoding');
    const preflight = await get('es/app.json', { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  });

  it('sends no body to a client that has it already', async () => {
    const etag = (await get('es/app.json')).headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const response = await get('es/app.json', { headers: { 'if-none-match': known } });
      expect([response.status, await response.text()]).toEqual([304, '']);
      expect(response.headers.get('etag')).toBe(etag);
    }
    const fresh = await get('pt/app.json', { headers: { 'if-none-match': etag } });
    expect(fresh.status).toBe(200);
  });

  it('responds to HEAD as to GET, without the texts', async () => {
    const [bodiless, full] = [
      await get('es/app.json', { method: 'HEAD' }),
      await get('es/app.json'),
    ];
    expect([bodiless.status, await bodiless.text()]).toEqual([200, '']);
    expect(bodiless.headers.get('etag')).toBe(full.headers.get('etag'));
    expect(bodiless.headers.get('content-length')).toBe(
      String((await full.arrayBuffer()).byteLength),
    );
  });

  it.each([
    ['fr_CA/app.json', 400, 'LANGUAGE_TAG_MALFORMED'],
    ['f/app.json', 400, 'LANGUAGE_TAG_MALFORMED'],
    [`${'a'.repeat(90)}/app.json`, 400, 'LANGUAGE_TAG_MALFORMED'],
    ['..%2Ffr/app.json', 400, 'LANGUAGE_TAG_MALFORMED'],
    ['fr/errors.json', 404, 'NOT_FOUND'],
    ['fr/cli.json', 404, 'NOT_FOUND'],
    ['fr/nowhere.json', 404, 'NOT_FOUND'],
    ['fr/__proto__.json', 404, 'NOT_FOUND'],
    ['fr/..%2F..%2Fpackage.json', 404, 'NOT_FOUND'],
    ['fr/app', 404, 'NOT_FOUND'],
    ['fr/app.json?format=xliff', 400, 'FORMAT_UNKNOWN'],
    ['fr/app.json?format=json&format=android', 400, 'FORMAT_UNKNOWN'],
    ['fr/app.json?format=', 400, 'FORMAT_UNKNOWN'],
  ])('refuses %s', async (path, status, reason) => {
    const response = await get(path, { headers: { 'accept-language': 'pt' } });
    const { errors } = (await response.json()) as {
      errors: { message: string; extensions: object }[];
    };
    expect([response.status, errors[0]?.extensions]).toMatchObject([status, { reason }]);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    if (reason === 'FORMAT_UNKNOWN') {
      expect(errors[0]?.message).toMatch(
        /^Não existe nenhum formato .* json, android, xcstrings\.$/,
      );
    }
  });

  it('has what staff saved in the next response, on all nodes, under another ETag', async () => {
    await save('offline', 'FR', 'Hors ligne');
    const before = await get('fr-HT/mobile.json');
    expect(await before.json()).toEqual({ offline: 'Hors ligne' });

    await save('offline', 'FR', 'Vous êtes hors ligne', 1);
    const known = { headers: { 'if-none-match': before.headers.get('etag') ?? '' } };
    const after = await get('fr-HT/mobile.json', known);
    expect([after.status, await after.json()]).toEqual([200, { offline: 'Vous êtes hors ligne' }]);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));

    const deadline = Date.now() + 20_000;
    const there = () => get('fr-HT/mobile.json', known, other.origin);
    let elsewhere = await there();
    while (elsewhere.headers.get('etag') !== after.headers.get('etag') && Date.now() < deadline) {
      await pause(20);
      elsewhere = await there();
    }
    expect(await elsewhere.json()).toEqual({ offline: 'Vous êtes hors ligne' });
    expect(elsewhere.headers.get('etag')).toBe(after.headers.get('etag'));
  });

  it('has a format for Android', async () => {
    const response = await get('fr-CA/app.json?format=android');
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(response.headers.get('content-language')).toBe('fr');
    const xml = await response.text();
    expect(xml).toContain('<plurals name="app_list_count">');
    expect(xml).toContain('<item quantity="many">%1$,d\\u00A0de communiqués</item>');
    const json = await get('fr-CA/app.json');
    expect(response.headers.get('etag')).not.toBe(json.headers.get('etag'));
    const again = { headers: { 'if-none-match': response.headers.get('etag') ?? '' } };
    expect((await get('fr-CA/app.json?format=android', again)).status).toBe(304);
  });

  it('has a format for Xcode, with all languages; the requested one is the source', async () => {
    const response = await get('pt-BR/app.json?format=xcstrings');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('content-language')).toBe('en, es, fr, pt');
    const { sourceLanguage, version, strings } = (await response.json()) as {
      sourceLanguage: string;
      version: string;
      strings: Record<string, { localizations: object }>;
    };
    expect([sourceLanguage, version]).toEqual(['pt', '1.0']);
    expect(Object.keys(strings['list.count']?.localizations ?? {})).toEqual([
      'en',
      'es',
      'fr',
      'pt',
    ]);
  });
});
