import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';

import { loadDemo } from '../../src/cli/demo.js';
import { generateReleases, stepsOf } from '../../src/demo/generate.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { settleProjection } from '../../src/features/publication/index.js';
import { type Locale, LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { getPage } from '../support/site.js';

const SITE = 'https://press.example';
const GENERATED = 500;

interface Release {
  readonly number: string;
  readonly originalLocale: Locale;
  readonly alternates: readonly { readonly locale: Locale; readonly slug: string }[];
}

/** The metadata of a page for search engines. */
interface Metadata {
  readonly status: number;
  readonly canonical: string | null;
  /** By hreflang. */
  readonly alternates: ReadonlyMap<string, string>;
  readonly openGraph: Readonly<Record<string, string>>;
  readonly jsonLd: Readonly<Record<string, unknown>> | null;
}

let gateway: TestApp;
let releases: readonly Release[];
/** By absolute address. */
const pages = new Map<string, Metadata>();

beforeAll(async () => {
  gateway = await createTestApp({
    pages: true,
    site: { publicUrl: SITE, releaseUrl: '{PUBLIC_URL}/{lang}/{slug}' },
  });
  const { dataSource } = gateway.database;
  await loadDemo(dataSource);
  const cache = new ReferenceCache();
  for (const release of generateReleases(GENERATED, 7)) {
    await replayStory(dataSource, cache, { ...release, steps: stepsOf(release) }, 'test');
  }
  await settleProjection(gateway.database);
  releases = await allReleases();
  for (const { alternates } of releases) {
    for (const { locale, slug } of alternates) {
      const path = pathOf(locale, slug);
      pages.set(SITE + path, await metadata(path));
    }
  }
}, 600_000);
afterAll(() => gateway.close());

const pathOf = (locale: Locale, slug: string) => `/${TAG_OF[locale]}/${slug}`;

interface ReleasePage {
  readonly releases: {
    readonly nodes: readonly Release[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

async function allReleases(after: string | null = null): Promise<Release[]> {
  const query = `query ($after: String) { releases(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { number originalLocale alternates { locale slug } } } }`;
  const { data } = await gateway.query<ReleasePage>(query, { variables: { after } });
  const { nodes, pageInfo } = data.releases;
  return pageInfo.hasNextPage ? [...nodes, ...(await allReleases(pageInfo.endCursor))] : [...nodes];
}

async function metadata(path: string): Promise<Metadata> {
  const { status, html } = await getPage(gateway, path);
  const [start = ''] = html.split('</head>');
  const links = [...start.matchAll(/<link [^>]*>/g)].map(([tag]) => attributesOf(tag));
  const metas = [...start.matchAll(/<meta [^>]*>/g)].map(([tag]) => attributesOf(tag));
  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(start) ?? [];
  return {
    status,
    canonical: links.find(({ rel }) => rel === 'canonical')?.['href'] ?? null,
    alternates: new Map(
      links.flatMap(({ hreflang, href = '' }) => (hreflang ? [[hreflang, href] as const] : [])),
    ),
    openGraph: Object.fromEntries(
      metas.flatMap(({ property, content = '' }) => (property ? [[property, content]] : [])),
    ),
    jsonLd: json === undefined ? null : (JSON.parse(json) as Record<string, unknown>),
  };
}

function attributesOf(tag: string): Record<string, string> {
  const pairs = [...tag.matchAll(/([\w:-]+)="([^"]*)"/g)];
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value.replaceAll('&amp;', '&')]),
  );
}

async function sitemap(): Promise<string[]> {
  const { html } = await getPage(gateway, '/sitemap.xml');
  const parsed = new XMLParser().parse(html) as { urlset: { url: { loc: string }[] } };
  return parsed.urlset.url.map(({ loc }) => loc);
}

describe(`the pages of the demonstration releases and of ${GENERATED} generated ones`, () => {
  it('are there, some releases without all languages', () => {
    const counts = releases.map(({ alternates }) => alternates.length);
    expect(releases.length).toBeGreaterThan(GENERATED);
    expect(new Set(counts)).toEqual(new Set([1, 2, 3, 4]));
    expect([...pages.values()].filter(({ status }) => status !== 200)).toEqual([]);
    process.stdout.write(`${releases.length} releases, ${pages.size} pages\n`);
  });

  it('are canonical, name themselves, and are named by each page that they name', () => {
    for (const [address, { canonical, alternates }] of pages) {
      expect([address, canonical]).toEqual([address, address]);
      expect(alternates.get(address.split('/')[3] ?? '')).toBe(address);
      for (const other of alternates.values()) {
        expect([other, pages.get(other)?.alternates]).toEqual([other, alternates]);
      }
    }
  });

  it('have the original as x-default', () => {
    for (const { originalLocale, alternates } of releases) {
      const original = alternates.find(({ locale }) => locale === originalLocale);
      const expected = SITE + pathOf(originalLocale, original?.slug ?? '');
      for (const { locale, slug } of alternates) {
        const page = pages.get(SITE + pathOf(locale, slug));
        expect(page?.alternates.get('x-default')).toBe(expected);
      }
    }
  });

  it('have Open Graph, and JSON-LD in their language', () => {
    for (const [address, { openGraph, jsonLd }] of pages) {
      expect(openGraph).toMatchObject({
        'og:type': 'article',
        'og:url': address,
        'og:title': expect.any(String),
        'og:description': expect.any(String),
        'og:image': expect.stringContaining(`${address}/card.png?v=`),
      });
      expect(jsonLd).toMatchObject({
        '@type': 'NewsArticle',
        inLanguage: address.split('/')[3],
        url: address,
      });
    }
  });

  it('are those of the sitemap', async () => {
    expect(new Set(await sitemap())).toEqual(new Set(pages.keys()));
  });

  it('of a missing language are canonical to the original, and named nowhere', async () => {
    const named = new Set(
      [...pages.values()].flatMap(({ alternates }) => [...alternates.values()]),
    );
    let count = 0;
    for (const { originalLocale, alternates } of releases) {
      const original = alternates.find(({ locale }) => locale === originalLocale)?.slug ?? '';
      const published = alternates.map(({ locale }) => locale);
      for (const locale of LOCALES.filter((one) => !published.includes(one))) {
        const path = pathOf(locale, original);
        const page = await metadata(path);
        expect([path, page.status, page.canonical]).toEqual([
          path,
          200,
          SITE + pathOf(originalLocale, original),
        ]);
        expect(page.alternates.size).toBe(0);
        expect(named.has(SITE + path)).toBe(false);
        expect(page.openGraph['og:url']).toBe(page.canonical);
        expect(page.jsonLd).toMatchObject({ '@type': 'NewsArticle' });
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(100);
    process.stdout.write(`${count} pages of missing languages\n`);
  });
});
