import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';

import { loadDemo } from '../../src/cli/demo.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { xmlFaults } from '../support/feed-validity.js';
import { fillPublished, writePublicLocales } from '../support/many-releases.js';
import { Staff } from '../support/staff.js';

interface Link {
  readonly hreflang: string;
  readonly href: string;
}

interface Entry {
  readonly loc: string;
  readonly lastmod: string;
  readonly 'xhtml:link': readonly Link[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => ['url', 'sitemap', 'xhtml:link'].includes(name),
});

async function read(gateway: TestApp, path: string): Promise<string> {
  const reply = await fetch(new URL(path, gateway.url));
  expect([path, reply.status]).toEqual([path, 200]);
  return reply.text();
}

const entriesOf = (text: string): readonly Entry[] =>
  (parser.parse(text) as { urlset: { url: Entry[] } }).urlset.url;

describe('the sitemap of the demonstration', () => {
  let gateway: TestApp;
  let text: string;

  beforeAll(async () => {
    gateway = await createTestApp();
    await loadDemo(gateway.database.dataSource);
    text = await read(gateway, '/sitemap.xml');
  });
  afterAll(() => gateway.close());

  it('is valid', async () => {
    expect(await xmlFaults('sitemap', [['sitemap', text]])).toEqual([]);
    const broken = text.replace('<loc>', '<loc>x').replace('rel="alternate"', 'rel="other"');
    expect(await xmlFaults('sitemap', [['broken', broken]])).toHaveLength(2);
  });

  it('has each locale really published of each release, and no other', async () => {
    const { data } = await gateway.query<{
      releases: {
        nodes: { originalLocale: string; alternates: { locale: string; slug: string }[] }[];
      };
    }>('{ releases(first: 100) { nodes { originalLocale alternates { locale slug } } } }');
    const pages = data.releases.nodes.flatMap(({ alternates }) => {
      return alternates.map(({ locale, slug }) => `/${locale.toLowerCase()}/${slug}`);
    });
    expect(pages.length).toBeGreaterThan(20);
    const found = entriesOf(text).map(({ loc }) => new URL(loc).pathname);
    expect([...found].sort()).toEqual([...pages].sort());
    const originals = data.releases.nodes.map(({ originalLocale, alternates }) => {
      const original = alternates.find(({ locale }) => locale === originalLocale);
      return `/${originalLocale.toLowerCase()}/${original?.slug}`;
    });
    const defaults = entriesOf(text).map((entry) => {
      const link = entry['xhtml:link'].find(({ hreflang }) => hreflang === 'x-default');
      return new URL(link?.href ?? '').pathname;
    });
    expect([...new Set(defaults)].sort()).toEqual([...originals].sort());
  });

  it('has links that the linked pages return', () => {
    const byPage = new Map(entriesOf(text).map((entry) => [entry.loc, entry]));
    for (const { loc, 'xhtml:link': links } of byPage.values()) {
      expect(links.map(({ href }) => href)).toContain(loc);
      expect(new Set(links.map(({ hreflang }) => hreflang)).size).toBe(links.length);
      for (const { href } of links) expect(byPage.get(href)?.['xhtml:link']).toEqual(links);
    }
  });

  it('shows a correction by its time, and no retracted text', async () => {
    const staff = new Staff(gateway.database);
    const of = async (number: string) => {
      const entries = entriesOf(await read(gateway, '/sitemap.xml'));
      return entries.filter(({ loc }) => loc.includes(number));
    };
    const before = await of('9002-13');
    const english = (entries: readonly Entry[]) => entries.find(({ loc }) => loc.includes('/en/'));
    await staff.revise('9002/13', 'MINOR', { title: 'Rehearsal', body: ['A.'] }, 'APPROVED');
    await staff.publish('9002/13', ['EN']);
    const after = await of('9002-13');
    expect(String(english(after)?.lastmod) > String(english(before)?.lastmod)).toBe(true);
    const others = (entries: readonly Entry[]) =>
      entries.flatMap(({ loc, lastmod }) => (loc.includes('/en/') ? [] : [[loc, lastmod]]));
    expect(others(after)).toEqual(others(before));
    await staff.retract('9002/13');
    expect(await of('9002-13')).toEqual([]);
  });
});

describe('the sitemap of more releases than a file may have', () => {
  let gateway: TestApp;

  beforeAll(async () => {
    gateway = await createTestApp();
    await fillPublished(gateway.database, 2_003);
    await writePublicLocales(gateway.database);
  });
  afterAll(() => gateway.close());

  it('is an index of pages, which together have every page once', async () => {
    const index = await read(gateway, '/sitemap.xml');
    const { sitemapindex } = parser.parse(index) as {
      sitemapindex: { sitemap: { loc: string }[] };
    };
    const paths = sitemapindex.sitemap.map(({ loc }) => new URL(loc).pathname);
    expect(paths).toEqual(['/sitemap-1.xml', '/sitemap-2.xml', '/sitemap-3.xml']);
    const pages = await Promise.all(paths.map((path) => read(gateway, path)));
    const documents = [index, ...pages].map((text, at) => [`page${at}`, text] as const);
    expect(await xmlFaults('sitemap', documents)).toEqual([]);
    for (const text of pages) expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
    const places = pages.flatMap((text) => entriesOf(text).map(({ loc }) => loc));
    const { rows } = await gateway.database.readPool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM published.text',
    );
    expect(new Set(places).size).toBe(rows[0]?.count);
    expect(places).toHaveLength(rows[0]?.count ?? 0);
    expect((await fetch(new URL('/sitemap-4.xml', gateway.url))).status).toBe(404);
  });
});
