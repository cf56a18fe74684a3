import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { registerExplorer } from '../../src/platform/http/explorer/explorer.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8';
const PAGE = '<!doctype html><title>the page</title>';
const SCRIPT = 'export const answer = 42;\n'.repeat(200);

let root: string;
let folder: string;
let server: FastifyInstance;

async function build() {
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'assets', 'main-abc.js'), SCRIPT);
  await writeFile(join(folder, 'index.html'), PAGE);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'explorer-'));
  folder = join(root, 'explorer');
  await writeFile(join(root, 'secret.txt'), 'not for readers');
  server = fastify();
  registerExplorer(server, { folder });
  server.get('/graphql', async () => ({ from: 'graphql' }));
  server.post('/graphql', async () => ({ from: 'graphql' }));
});

afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = { accept: BROWSER }) =>
  server.inject({ method: 'GET', url, headers });

describe('the explorer page', () => {
  it('is what a browser finds at the endpoint, with or without a slash', async () => {
    await build();
    for (const url of [
      '/graphql',
      '/graphql/',
      '/graphql?utm_source=mail',
      '/graphql?query=%7B__typename%7D',
    ]) {
      const response = await get(url);
      expect([url, response.statusCode, response.body]).toEqual([url, 200, PAGE]);
      expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(response.headers['vary']).toContain('Accept');
    }
  });

  it.each([
    ['a program that takes anything', '/graphql', { accept: '*/*' }],
    ['a program that names no type', '/graphql', {}],
    ['a GraphQL client', '/graphql', { accept: 'application/graphql-response+json' }],
    ['a query of a program', '/graphql?query=%7B__typename%7D', { accept: '*/*' }],
    ['a persisted query', '/graphql?extensions=%7B%7D', { accept: 'application/json' }],
  ])('leaves %s to GraphQL', async (_who, url, headers) => {
    await build();
    expect((await get(url, headers as Record<string, string>)).json()).toEqual({ from: 'graphql' });
  });

  it('never takes a POST', async () => {
    await build();
    const response = await server.inject({
      method: 'POST',
      url: '/graphql',
      headers: { accept: BROWSER },
    });
    expect(response.json()).toEqual({ from: 'graphql' });
  });

  it('lets no script run but files of this host, and no other page frame it', async () => {
    await build();
    for (const url of ['/graphql', '/graphql/assets/main-abc.js']) {
      const { headers } = await get(url);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('is checked again at each visit, and not sent again when it is the same', async () => {
    await build();
    const first = await get('/graphql');
    expect(first.headers['cache-control']).toBe('no-cache');
    for (const tag of [
      first.headers.etag,
      `W/${first.headers.etag}`,
      `"x", ${first.headers.etag}`,
    ]) {
      const second = await get('/graphql', { accept: BROWSER, 'if-none-match': String(tag) });
      expect([second.statusCode, second.body]).toEqual([304, '']);
    }
  });
});

describe('its files', () => {
  it('are cached by the browser forever, compressed where it accepts that', async () => {
    await build();
    const url = '/graphql/assets/main-abc.js';
    const plain = await get(url, {});
    expect([plain.statusCode, plain.body]).toEqual([200, SCRIPT]);
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');

    const packed = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(SCRIPT);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect(packed.headers.vary).toBe('Accept-Encoding');
  });

  it('are those of the folder and no others', async () => {
    await build();
    for (const name of [
      '..%2Fsecret.txt',
      '..%2F..%2Fsecret.txt',
      '%2e%2e/secret.txt',
      'none.js',
    ]) {
      const response = await get(`/graphql/assets/${name}`);
      expect([name, response.statusCode]).toEqual([name, 404]);
      expect(response.body).not.toContain('not for readers');
    }
  });
});

describe('before the page is built', () => {
  it('shows in four languages that it is loading, and then the explorer', async () => {
    const early = await get('/graphql');
    expect(early.statusCode).toBe(503);
    expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(early.headers['refresh'])).toBeGreaterThan(0);
    expect(early.headers['cache-control']).toBe('no-store');
    for (const tag of ['en', 'es', 'fr', 'pt']) expect(early.body).toContain(`<p lang="${tag}">`);
    expect((await get('/graphql/assets/main-abc.js')).statusCode).toBe(404);

    await build();
    expect((await get('/graphql')).body).toBe(PAGE);
    expect((await get('/graphql/assets/main-abc.js')).body).toBe(SCRIPT);
  });

  it('still serves GraphQL', async () => {
    expect((await get('/graphql', { accept: 'application/json' })).json()).toEqual({
      from: 'graphql',
    });
  });
});
