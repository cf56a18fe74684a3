import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, validate } from 'graphql';

import { createTestApp, type TestApp } from '../support/app.js';
import { rawRequest } from '../support/raw-response.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let gateway: TestApp;
let behindProxy: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  const releaseUrl = '{PUBLIC_URL}/{lang}/{slug}';
  behindProxy = await createTestApp({
    site: { publicUrl: 'https://api.example.org/gateway', releaseUrl },
  });
});
afterAll(async () => {
  await gateway.close();
  await behindProxy.close();
});

const get = (path: string, headers: Record<string, string> = {}, app = gateway) =>
  rawRequest(new URL(path, app.url).href, { headers });
const linksOf = (html: string) =>
  [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? '');

describe('the front page', () => {
  it.each([
    ['en', 'en', 'OAS press releases'],
    ['es-MX', 'es', 'Comunicados de prensa de la OEA'],
    ['ht', 'fr', 'Communiqués de presse de l’OEA'],
    ['nl, pt-PT;q=0.5', 'pt', 'Notas à imprensa da OEA'],
  ])('speaks the language of %s', async (tag, languageTag, title) => {
    const { status, headers, text } = await get('/', { 'accept-language': tag, accept: BROWSER });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-language']).toBe(languageTag);
    expect(headers.vary).toContain('Accept-Language');
    expect(text).toContain(`<html lang="${languageTag}">`);
    expect(text).toContain(`<h1>${title}</h1>`);
  });

  it('leads to addresses of this host, each of which is there', async () => {
    const { text } = await get('/', { 'accept-language': 'fr' });
    const links = linksOf(text);
    expect(links).toEqual(
      expect.arrayContaining([
        '/graphql',
        '/schema.graphql',
        '/operations',
        '/feeds/fr.atom',
        '/sitemap.xml',
      ]),
    );
    for (const link of links) {
      expect(link).toMatch(/^\/(?!\/)/);
      const { status } = await get(link, { accept: '*/*' });
      // Without a query, a program gets an error that a query is required.
      expect([link, status]).toEqual([link, link === '/graphql' ? 400 : 200]);
    }
    expect(text).not.toMatch(/https?:\/\//);
  });

  it('stays below the path of PUBLIC_URL', async () => {
    const { text } = await get('/', {}, behindProxy);
    expect(linksOf(text)).toContain('/gateway/graphql');
    const robots = await get('/robots.txt', {}, behindProxy);
    expect(robots.text).toContain('Sitemap: https://api.example.org/gateway/sitemap.xml');
  });

  it('lets nothing run, and is not sent again to a browser that has it', async () => {
    const first = await get('/', { 'accept-language': 'fr' });
    const policy = String(first.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(first.text).not.toContain('<script');
    const etag = String(first.headers.etag);
    const again = await get('/', { 'accept-language': 'fr', 'if-none-match': etag });
    expect(again.status).toBe(304);
    const other = await get('/', { 'accept-language': 'pt', 'if-none-match': etag });
    expect(other.status).toBe(200);
  });
});

describe('the files for client apps', () => {
  const committed = (path: string) =>
    readFile(new URL(`../../schema${path}`, import.meta.url), 'utf8');
  const FILES: readonly (readonly [path: string, type: string])[] = [
    ['/schema.graphql', 'text/plain; charset=utf-8'],
    ['/operations/release-list.graphql', 'text/plain; charset=utf-8'],
    ['/operations/extra.graphqls', 'text/plain; charset=utf-8'],
    ['/operations/persisted-query-manifest.json', 'application/json; charset=utf-8'],
    ['/clients/codegen.json', 'application/json; charset=utf-8'],
    ['/clients/apollo-kotlin.gradle.kts', 'text/plain; charset=utf-8'],
  ];

  it.each(FILES)('%s is served as it is committed', async (path, type) => {
    const { status, headers, text } = await get(path, { 'accept-encoding': 'br' });
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(text).toBe(await committed(path));
    expect(headers['cache-control']).toBe('public, no-cache');
    if (text.length >= 1_000) expect(headers['content-encoding']).toBe('br');
    const etag = String(headers.etag);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    const bodiless = await rawRequest(new URL(path, gateway.url).href, { method: 'HEAD' });
    expect([bodiless.status, bodiless.bytes.length]).toEqual([200, 0]);
    expect(bodiless.headers['content-type']).toBe(type);
  });

  it('has the ready operations in one file, that goes with the schema', async () => {
    const schema = buildSchema((await get('/schema.graphql')).text);
    const document = parse((await get('/operations.graphql')).text);
    expect(validate(schema, document)).toEqual([]);
    const manifest = JSON.parse(await committed('/operations/persisted-query-manifest.json')) as {
      operations: { name: string }[];
    };
    const names = document.definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
    );
    expect(names.sort()).toEqual(manifest.operations.map(({ name }) => name).sort());
  });

  it('are listed on a page in the language of the browser, and each is there', async () => {
    const { text } = await get('/operations', { 'accept-language': 'fr', accept: BROWSER });
    expect(text).toContain('<h1>Fichiers pour les applications</h1>');
    const links = linksOf(text);
    expect(links.length).toBeGreaterThan(30);
    for (const link of links) expect([link, (await get(link)).status]).toEqual([link, 200]);
  });

  it.each([
    '/operations/../schema.graphql',
    '/operations/%2e%2e%2fschema.graphql',
    '/operations/..%2f..%2fpackage.json',
    '/clients/%2fetc%2fpasswd',
    '/schema.graphql/x',
    '/operations/none.graphql',
  ])('%s leads nowhere', async (path) => {
    const { hostname, port } = new URL(gateway.url);
    const request = http.request({ hostname, port, path, agent: false });
    request.end();
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(404);
  });

  it('are not there without introspection, and nothing leads to them', async () => {
    const hidden = await createTestApp({ limits: { introspection: false } });
    try {
      for (const [path] of [...FILES, ['/operations'], ['/operations.graphql']]) {
        const { status, text } = await get(path, { accept: '*/*' }, hidden);
        expect([path, status]).toEqual([path, 404]);
        expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
      }
      const { text } = await get('/', {}, hidden);
      expect(linksOf(text).join()).not.toMatch(/schema|operations/);
    } finally {
      await hidden.close();
    }
  });
});

describe('an unknown address', () => {
  it.each([
    ['/no/such/page', 'fr-CA', 'Page introuvable'],
    ['/feeds/fr.pdf', 'es', 'Página no encontrada'],
    ['/graphql/assets/none.js', 'pt', 'Página não encontrada'],
    ['/locales/en/none.json', 'en', 'Page not found'],
  ])('%s is a page for a browser, and JSON for a program', async (path, language, title) => {
    const page = await get(path, {
      accept: BROWSER,
      'accept-language': language,
      'accept-encoding': 'br',
    });
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.headers['content-encoding']).toBe('br');
    expect(page.headers['content-length']).toBe(String(page.bytes.length));
    expect(page.text).toContain(`<h1>${title}</h1>`);
    expect(linksOf(page.text)).toContain('/');
    for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.5']) {
      const json = await get(path, { accept, 'accept-language': language });
      expect([accept, json.status]).toEqual([accept, 404]);
      expect(JSON.parse(json.text)).toMatchObject({
        errors: [{ extensions: { code: 'NOT_FOUND' } }],
      });
      for (const { headers } of [page, json]) {
        expect(headers.vary?.split(', ')).toEqual(
          expect.arrayContaining(['Accept', 'Accept-Language']),
        );
      }
    }
  });
});

it('names the sitemap to robots', async () => {
  const { text, headers } = await get('/robots.txt');
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  const sitemap = /^Sitemap: (\S+)$/m.exec(text)?.[1] ?? '';
  expect(sitemap).toBe(new URL('/sitemap.xml', gateway.url).href);
  expect((await rawRequest(sitemap)).status).toBe(200);
});

it('has an icon of its own', async () => {
  const ico = await get('/favicon.ico');
  expect([ico.status, ico.headers['content-type']]).toEqual([200, 'image/vnd.microsoft.icon']);
  // The directory of an icon file: one image of 32 by 32 pixels, a PNG.
  expect([...ico.bytes.subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 0, 32, 32]);
  expect(ico.bytes.subarray(22, 26).toString('latin1')).toBe('\x89PNG');
  const svg = await get('/favicon.svg');
  expect([svg.status, svg.headers['content-type']]).toEqual([200, 'image/svg+xml']);
});
