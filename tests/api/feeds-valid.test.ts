import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';

import { loadDemo } from '../../src/cli/demo.js';
import { FEED_FORMATS, type FeedFormat } from '../../src/features/syndication/feed.js';
import { LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { jsonFeedFaults, type Named, xmlFaults } from '../support/feed-validity.js';

const HOSTILE = `</title>]]><script>alert("a" & 'b')</script> &amp; 🌎 <b>`;

let gateway: TestApp;
let feeds: ReadonlyMap<FeedFormat, readonly Named[]>;

beforeAll(async () => {
  gateway = await createTestApp();
  await loadDemo(gateway.database.dataSource);
  const body = [`${HOSTILE} and words.`, { kind: 'LIST_ITEM' as const, text: HOSTILE }];
  await gateway.given(
    aRelease('901/20')
      .about('culture', 'never-named')
      .in('ES', { title: HOSTILE, summary: HOSTILE, body })
      .in('FR', { title: HOSTILE, summary: 'Résumé.', body })
      .published(),
  );
  const found = await Promise.all(FEED_FORMATS.map(async (format) => [format, await all(format)]));
  feeds = new Map(found as [FeedFormat, Named[]][]);
}, 300_000);
afterAll(() => gateway.close());

/** The feed of each language, and of each language for each of the 35 states. */
async function all(format: FeedFormat): Promise<Named[]> {
  const { data } = await gateway.query<{ memberStates: { code: string }[] }>(
    '{ memberStates(on: "2020-01-01") { code } }',
  );
  const audiences = [null, ...data.memberStates.map(({ code }) => code), 'CU', 'VE', 'NI'];
  const names = LOCALES.flatMap((locale) => {
    return [...new Set(audiences)].map((code) => [TAG_OF[locale], code].filter(Boolean).join('/'));
  });
  const documents: Named[] = [];
  for (const name of names) documents.push([name, await read(`/feeds/${name}.${format}`)]);
  return documents;
}

async function read(path: string): Promise<string> {
  const reply = await fetch(new URL(path, gateway.url));
  expect([path, reply.status, reply.redirected]).toEqual([path, 200, false]);
  return reply.text();
}

const documents = (format: FeedFormat): readonly Named[] => feeds.get(format) ?? [];

describe('all feeds of the demonstration, and of a release full of markup', () => {
  it('are those of four languages, for nobody in particular and for each of 35 states', () => {
    for (const format of FEED_FORMATS) expect(documents(format)).toHaveLength(4 * 36);
  });

  it.each(['atom', 'rss'] as const)('are well-formed and valid: %s', async (format) => {
    expect(await xmlFaults(format, documents(format))).toEqual([]);
  });

  it('would not be, with less or more in them', async () => {
    const broken = (format: FeedFormat, pattern: RegExp, by: string): Named[] => {
      return [[format, (documents(format)[0]?.[1] ?? '').replace(pattern, by)]];
    };
    const faults = await Promise.all([
      xmlFaults('atom', broken('atom', /<updated>.*?<\/updated>/, '')),
      xmlFaults('atom', broken('atom', /<entry xml:lang="en"><id>.*?<\/id>/, '<entry>')),
      xmlFaults('atom', broken('atom', /<title>/, '<title><b/>')),
      xmlFaults('rss', broken('rss', /<link>.*?<\/link>/, '')),
      xmlFaults('rss', broken('rss', /<pubDate>/, '<pubDate>Someday, ')),
      xmlFaults('rss', broken('rss', /<guid/, '<unknown/><guid')),
    ]);
    expect(faults.filter((found) => found.length === 0)).toEqual([]);
    const [json] = broken('json', /"summary"/, '"excerpt"');
    expect(jsonFeedFaults(json ?? ['', ''])).toHaveLength(1);
  });

  it('are valid: JSON Feed', () => {
    expect(documents('json').flatMap(jsonFeedFaults)).toEqual([]);
  });

  it('have no two alternates of one type and language in an entry (RFC 4287 §4.1.2)', () => {
    for (const [, text] of documents('atom')) {
      const { entries = [], links = [] } = parseAtomFeed(text);
      for (const group of [links, ...entries.map((entry) => entry.links ?? [])]) {
        const keys = group
          .filter(({ rel }) => rel === 'alternate')
          .map(({ type, hreflang }) => `${type} ${hreflang}`);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  });

  it('have the same content in all three formats, as an independent reader parses them', () => {
    for (const [index, [name, text]] of documents('json').entries()) {
      const json = parseJsonFeed(JSON.parse(text));
      const atom = parseAtomFeed(documents('atom')[index]?.[1] ?? '');
      const rss = parseRssFeed(documents('rss')[index]?.[1] ?? '');
      const titles = json.items?.map((item) => [item.id, item.title]);
      expect(titles?.length).toBeGreaterThan(3);
      expect([name, atom.entries?.map(({ id, title }) => [id, value(title)])]).toEqual([
        name,
        titles,
      ]);
      expect([name, rss.items?.map(({ guid, title }) => [guid?.value, title])]).toEqual([
        name,
        titles,
      ]);
      const bodies = json.items?.map((item) => item.content_html);
      expect(atom.entries?.map(({ content }) => value(content))).toEqual(bodies);
      expect(rss.items?.map(({ content }) => content?.encoded)).toEqual(bodies);
    }
  });

  it('show markup in a title as the text that it is, and in a body not at all', () => {
    const [, text] = documents('json').find(([name]) => name === 'fr') ?? [];
    const item = parseJsonFeed(JSON.parse(text ?? '{}')).items?.find(({ language, title }) => {
      return language === 'fr' && title?.includes('alert');
    });
    expect(item?.title).toContain(`]]><script>alert("a" & 'b')</script>`);
    expect(item?.content_html).not.toMatch(/<script|<b>/);
    expect(item?.tags).toEqual(['Culture', 'never-named']);
  });
});

function value(text: unknown): unknown {
  return typeof text === 'object' && text !== null && 'value' in text ? text.value : text;
}
