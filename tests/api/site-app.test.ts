import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';
import { getPage, hrefOf } from '../support/site.js';

const LANGUAGES = ['en', 'es', 'fr', 'pt'];

let gateway: TestApp;
let below: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({ pages: true });
  const publicUrl = 'https://example.org/press';
  const releaseUrl = '{PUBLIC_URL}/{lang}/{slug}';
  below = await createTestApp({ pages: true, site: { publicUrl, releaseUrl } });
});
afterAll(async () => {
  await gateway.close();
  await below.close();
});

interface Manifest {
  readonly lang: string;
  readonly name: string;
  readonly start_url: string;
  readonly scope: string;
  readonly id: string;
  readonly display: string;
  readonly icons: readonly { readonly src: string }[];
}

describe('the description of the app', () => {
  it.each(LANGUAGES)('in %s is in that language, and each page leads to it', async (language) => {
    const { html } = await getPage(gateway, `/${language}`);
    const address = hrefOf(html, /<link rel="manifest"[^>]*>/) ?? '';
    const { status, headers, html: text } = await getPage(gateway, address);
    expect([status, headers['content-type']]).toEqual([
      200,
      'application/manifest+json; charset=utf-8',
    ]);
    const manifest = JSON.parse(text) as Manifest;
    expect(manifest).toMatchObject({ lang: language, id: '/', scope: '/', display: 'standalone' });
    expect(manifest.start_url).toBe(`/${language}`);
    expect(html).toContain(`<title>${manifest.name}</title>`);
  });

  it('is below the path of the gateway', async () => {
    const { html } = await getPage(below, '/fr/app.webmanifest');
    const { start_url: start, scope, icons } = JSON.parse(html) as Manifest;
    expect([start, scope]).toEqual(['/press/fr', '/press/']);
    for (const { src } of icons) expect(src).toMatch(/^\/press\//);
  });
});

describe('the worker', () => {
  it('is revalidated each time, and names files that are there', async () => {
    const { status, headers, html: script } = await getPage(gateway, '/sw.js');
    expect([status, headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(headers['cache-control']).toContain('no-cache');
    const [, json = ''] = /^self\.siteFiles = (.*);\n/.exec(script) ?? [];
    const files = JSON.parse(json) as { renderer: string[]; stored: string[] };
    expect(files.stored.length).toBeGreaterThan(2);
    for (const name of [...files.stored, ...files.renderer]) {
      const file = await getPage(gateway, `/site/${name}`);
      expect([name, file.status]).toEqual([name, 200]);
      expect(file.headers['cache-control']).toContain('immutable');
    }
  });

  it('of a gateway without pages deletes itself', async () => {
    const without = await createTestApp({ pages: false });
    const { status, html: script } = await getPage(without, '/sw.js');
    expect([status, script.includes('registration.unregister')]).toEqual([200, true]);
    expect((await getPage(without, '/fr/app.webmanifest')).status).toBe(404);
    await without.close();
  });
});

describe('the page of the app', () => {
  it.each(LANGUAGES)('in %s offers the states and says what it needs', async (language) => {
    const { status, html } = await getPage(gateway, `/${language}/app`);
    expect(status).toBe(200);
    expect(html).toContain('<noscript>');
    expect(html.match(/<option value="[A-Z]{2}"/g)?.length).toBeGreaterThanOrEqual(34);
    expect((await getPage(gateway, `/${language}`)).html).toContain(`href="/${language}/app"`);
  });
});
