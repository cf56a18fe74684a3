import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { getFile, sizeOfPng } from '../support/png.js';
import { PressOffice } from '../support/publishing.js';
import { getPage } from '../support/site.js';
import { Staff } from '../support/staff.js';

const SITE = 'https://press.example/news';
const CARD = { width: 1200, height: 630 };

let gateway: TestApp;
let office: PressOffice;

beforeAll(async () => {
  gateway = await createTestApp({
    pages: true,
    site: { publicUrl: SITE, releaseUrl: '{PUBLIC_URL}/{lang}/{slug}' },
    responseCache: { maxBytes: 2 ** 24, maxAge: 1 },
  });
  office = new PressOffice(gateway);
  await gateway.given(
    aRelease('101/20')
      .in('ES', { title: 'Título “uno”', body: ['Uno.'] })
      .in('EN', { title: 'Title one', body: ['One.'] })
      .published(),
    aRelease('102/20').in('EN').in('FR').published().retracted(),
    aRelease('103/20').in('EN').in('FR'),
    aRelease('104/20').in('EN', { title: '文化 🎉' }).published(),
  );
  await office.editor.mutate('mutation { __typename }');
});
afterAll(() => gateway.close());

const EN = '/en/101-20-title-one';
const FR = '/fr/101-20-titulo-uno';

/** The properties of Open Graph and of Twitter, by name. */
function properties(html: string): Record<string, string> {
  const tags = html.matchAll(/<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)"/g);
  return Object.fromEntries([...tags].map(([, name, content]) => [name, content]));
}

describe('the picture for link previews', () => {
  it('of a release is named in its page, by an absolute address', async () => {
    const { html } = await getPage(gateway, EN);
    const { 'og:image': address = '', ...others } = properties(html);
    expect(address).toMatch(
      /^https:\/\/press\.example\/news\/en\/101-20-title-one\/card\.png\?v=\w+$/,
    );
    expect(others).toMatchObject({
      'og:image:type': 'image/png',
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': 'Title one',
      'twitter:card': 'summary_large_image',
    });
    const { status, headers, bytes } = await getFile(gateway, address.replace(SITE, ''));
    expect([status, headers['content-type'], sizeOfPng(bytes)]).toEqual([200, 'image/png', CARD]);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['cache-control']).toBe('public, max-age=1, must-revalidate');
    expect(headers['content-language']).toBe('en');
  });

  it('of a page without its language is that of the original', async () => {
    const { html } = await getPage(gateway, FR);
    expect(properties(html)['og:image']).toMatch(/\/news\/es\/101-20-titulo-uno\/card\.png\?/);
    const { status, bytes } = await getFile(gateway, `${FR}/card.png`);
    expect([status, sizeOfPng(bytes)]).toEqual([200, CARD]);
  });

  it.each(['en', 'es', 'fr', 'pt'])('of the list exists in %s', async (language) => {
    for (const path of [`/${language}`, `/${language}/languages`]) {
      const { html } = await getPage(gateway, path);
      expect(properties(html)).toMatchObject({
        'og:type': 'website',
        'og:image': `${SITE}/${language}/card.png`,
        'og:url': `${SITE}${path}`,
      });
    }
    const { status, headers, bytes } = await getFile(gateway, `/${language}/card.png`);
    expect([status, headers['content-language'], sizeOfPng(bytes)]).toEqual([200, language, CARD]);
  });

  it('is another one in each language', async () => {
    const paths = [
      '/en/card.png',
      '/fr/card.png',
      `${EN}/card.png`,
      '/es/101-20-titulo-uno/card.png',
    ];
    const tags = await Promise.all(
      paths.map(async (p) => (await getFile(gateway, p)).headers.etag),
    );
    expect(new Set(tags).size).toBe(4);
  });

  it('is cached, revalidated and requested by HEAD', async () => {
    const { headers, bytes } = await getFile(gateway, `${EN}/card.png`);
    const before = gateway.snapshots.length;
    const again = await getFile(gateway, `${EN}/card.png`, { 'accept-encoding': 'br, gzip' });
    expect(again.bytes.equals(bytes)).toBe(true);
    expect(gateway.snapshots.length).toBe(before);
    const etag = String(headers.etag);
    const known = await getFile(gateway, `${EN}/card.png`, { 'if-none-match': etag });
    expect([known.status, known.headers.etag, known.bytes.length]).toEqual([304, etag, 0]);
    const empty = await getFile(gateway, `${EN}/card.png`, {}, 'HEAD');
    expect([empty.status, empty.headers.etag, empty.bytes.length]).toEqual([200, etag, 0]);
    expect(empty.headers['content-length']).toBe(String(bytes.length));
  });

  it('has another address and other bytes once a title was corrected, and none once it was retracted', async () => {
    await gateway.given(
      aRelease('105/20')
        .in('EN', { title: 'Before', body: ['x'] })
        .published(),
    );
    await office.editor.mutate('mutation { __typename }');
    const before = await getFile(gateway, '/en/105-20-before/card.png');
    const old = properties((await getPage(gateway, '/en/105-20-before')).html)['og:image'];
    const text = { title: 'After', body: ['x'] };
    await new Staff(gateway.database).revise('105/20', 'SUBSTANTIVE', text, 'APPROVED');
    await office.publish('105/20', { locales: ['EN'] });

    const former = await getFile(gateway, '/en/105-20-before/card.png');
    expect([former.status, former.headers.location]).toEqual([
      301,
      '/news/en/105-20-after/card.png',
    ]);
    const after = await getFile(gateway, '/en/105-20-after/card.png');
    expect(sizeOfPng(after.bytes)).toEqual(CARD);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    const { html } = await getPage(gateway, '/en/105-20-after');
    expect(properties(html)['og:image']).not.toBe(old);

    await office.retract('105/20');
    for (const slug of ['105-20-before', '105-20-after']) {
      expect((await getFile(gateway, `/en/${slug}/card.png`)).status).toBe(404);
    }
  });

  it('exists for a title of which no character can be drawn', async () => {
    const { data } = await gateway.query<{ release: { localized: { slug: string } } }>(
      '{ release(number: "104/20") { localized { slug } } }',
    );
    const { status, bytes } = await getFile(gateway, `/en/${data.release.localized.slug}/card.png`);
    expect([status, sizeOfPng(bytes)]).toEqual([200, CARD]);
  });

  it('of what is not public is the same 404 as that of what never was', async () => {
    const names = [
      '102-20-title-of-102-20-in-fr',
      '103-20-title-of-103-20-in-fr',
      '999-20-x',
      'X',
      'a%2fb',
    ];
    const all = await Promise.all(names.map((name) => getFile(gateway, `/fr/${name}/card.png`)));
    for (const { status, headers, text } of all) {
      expect([status, headers['cache-control']]).toEqual([404, 'no-store']);
      expect(text).toBe(all[0]?.text);
    }
  });

  it('is drawn once for clients that request it at the same time', async () => {
    await gateway.given(
      aRelease('106/20')
        .in('EN', { title: 'Many', body: ['x'] })
        .published(),
    );
    await office.editor.mutate('mutation { __typename }');
    const all = await Promise.all(
      Array.from({ length: 30 }, () => getFile(gateway, '/en/106-20-many/card.png')),
    );
    expect(new Set(all.map(({ status, headers }) => `${status} ${headers.etag}`)).size).toBe(1);
  });
});

describe('the icons', () => {
  it.each([
    ['icon-192.png', 192],
    ['icon-512.png', 512],
    ['icon-maskable-512.png', 512],
    ['apple-touch-icon.png', 180],
  ])('%s is a square of %d pixels', async (name, width) => {
    const { status, headers, bytes } = await getFile(gateway, `/site/${name}`);
    expect([status, headers['content-type']]).toEqual([200, 'image/png']);
    expect(sizeOfPng(bytes)).toEqual({ width, height: width });
    // Its name does not change with its content.
    expect(headers['cache-control']).toBe('public, max-age=86400');
    const known = await getFile(gateway, `/site/${name}`, {
      'if-none-match': String(headers.etag),
    });
    expect(known.status).toBe(304);
  });

  it('are named in every page', async () => {
    const { html } = await getPage(gateway, '/en/999-20-nothing');
    expect(html).toContain('<link rel="apple-touch-icon" href="/news/site/apple-touch-icon.png"/>');
  });
});
