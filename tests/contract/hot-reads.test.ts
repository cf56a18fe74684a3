import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  const releases = Array.from({ length: 25 }, (_, index) => {
    return aRelease(`${101 + index}/20`)
      .mentioning('CA', 'HT')
      .addressedTo('HT', 'BR')
      .about('education', `topic-${index % 4}`)
      .in('EN')
      .in(index % 2 === 0 ? 'ES' : 'FR')
      .published();
  });
  await gateway.given(...releases);
  // The first response of a node also reads the reference data.
  await gateway.query('{ topics { slug } }');
});

afterAll(() => gateway.close());

const PAGE = `{
  releases(first: 20, languages: ["fr"], audience: "HT") {
    pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node {
        number
        topics { slug name { value } }
        mentions { code name { value } }
        audiences { code fallbackChain requiredLocales }
        locales { locale status }
        availability(audience: "CA") { status locales { locale required } resolution { trail { outcome } } }
        availabilities { audience { code } status }
        alternates { slug }
      }
      localized {
        reference slug dateText
        title { value locale }
        summary { value }
        excerpt { value }
        body { html blocks { key } }
      }
    }
  }
}`;

async function statementsOf(document: string): Promise<string[]> {
  const before = gateway.snapshots.length;
  const { errors } = await gateway.query(document);
  expect(errors).toEqual([]);
  const snapshots = gateway.snapshots.slice(before);
  return snapshots.flatMap(({ log }) => log).map((text) => text.replace(/\s+/g, ' ').slice(0, 40));
}

it('reads a page of 20 with everything in it in two statements', async () => {
  expect(await statementsOf(PAGE)).toEqual([
    'SELECT r.record, r.date AS key0, r.numbe',
    'SELECT json_agg(q) AS rows FROM (SELECT ',
  ]);
});

it('counts only if the total is selected, in one statement more', async () => {
  const statements = await statementsOf(PAGE.replace('pageInfo', 'totalCount pageInfo'));
  expect(statements).toHaveLength(3);
  expect(statements).toContainEqual(expect.stringContaining('SELECT count(*)'));
});

it('searches no further than titles if these fill the page', async () => {
  const nodes = 'nodes { number localized(languages: ["en"]) { title { value } } }';
  const search = (text: string) =>
    statementsOf(`{ releases(first: 5, search: "${text}", languages: ["en"]) { ${nodes} } }`);
  expect(await search('title')).toHaveLength(2);
  // Nowhere: not in titles, nor in summaries, nor in bodies.
  expect(await search('zzz')).toHaveLength(3);
});

it('reads one release in four languages at once in two statements', async () => {
  const aliases = ['en', 'es', 'fr', 'pt'].map(
    (tag) => `${tag}: localized(languages: ["${tag}"]) { title { value } body { html } }`,
  );
  expect(await statementsOf(`{ release(number: "101/20") { ${aliases.join(' ')} } }`)).toHaveLength(
    2,
  );
});

it('reads a hundred nodes in as many statements as one', async () => {
  const { data } = await gateway.query<{ releases: { nodes: { id: string }[] } }>(
    '{ releases(first: 25) { nodes { id } } }',
  );
  const ids = data.releases.nodes.map(({ id }) => id);
  const document = `{ nodes(ids: ${JSON.stringify(ids)}) { id ... on Release { localized { title { value } } } } }`;
  expect(await statementsOf(document)).toHaveLength(2);
});
