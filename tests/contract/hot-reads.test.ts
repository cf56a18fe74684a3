import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { holdReleases } from '../support/held-releases.js';
import { eventually } from '../support/publishing.js';

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
  // The first answer of a node also reads the reference data.
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

it('reads a page of 20 with all that hangs on it in three statements', async () => {
  expect(await statementsOf(PAGE)).toEqual([
    'SELECT h.seq, r.number::int AS revision ',
    'SELECT r.record, r.date AS key0, r.numbe',
    'SELECT k.place::int AS place, t.locale, ',
  ]);
});

it('counts only where the total is asked for, in one statement more', async () => {
  const statements = await statementsOf(PAGE.replace('pageInfo', 'totalCount pageInfo'));
  expect(statements).toHaveLength(4);
  expect(statements).toContainEqual(expect.stringContaining('SELECT count(*)'));
});

/** Asks all of it while no release can be read, and lets go when all have come. @returns the snapshots read from */
async function askAtOnce(documents: readonly string[]) {
  const before = gateway.snapshots.length;
  let come = 0;
  gateway.app.http.server.on('request', () => (come += 1));
  const held = await holdReleases(gateway.ownerUrl);
  const answers = documents.map((document) => gateway.query(document));
  await eventually(async () => come === documents.length && (await held.waiting()) > 0);
  await held.letGo();
  expect((await Promise.all(answers)).flatMap(({ errors }) => errors)).toEqual([]);
  return gateway.snapshots.slice(before);
}

it('looks no further than titles where these fill the page of a search', async () => {
  const nodes = 'nodes { number localized(languages: ["en"]) { title { value } } }';
  const search = (text: string) =>
    statementsOf(`{ releases(first: 5, search: "${text}", languages: ["en"]) { ${nodes} } }`);
  expect(await search('title')).toHaveLength(3);
  // Nowhere: not in titles, nor in summaries, nor in bodies.
  expect(await search('zzz')).toHaveLength(4);
});

it('reads what is asked for at one time together, whoever asks', async () => {
  const snapshots = await askAtOnce(
    Array.from({ length: 50 }, (_, index) => {
      const body = 'localized(languages: ["en"]) { title { value } body { html } }';
      return `{ release(number: "${101 + (index % 25)}/20") { ${body} } }`;
    }),
  );
  // One by one they would be three for each.
  expect(snapshots.flatMap(({ log }) => log).length).toBeLessThanOrEqual(30);
});

it('shares no plan between lists that are best found in different ways', async () => {
  const listsOf = (filter: string) =>
    Array.from({ length: 12 }, (_, index) => {
      return `{ releases(first: ${index + 1}, filter: { ${filter} }) { nodes { number } } }`;
    });
  expect((await askAtOnce(listsOf('type: [PRESS_RELEASE]'))).length).toBeLessThan(12);
  expect(await askAtOnce(listsOf('mentions: ["CA"]'))).toHaveLength(12);
});

it('reads one release in four languages at once in three statements', async () => {
  const aliases = ['en', 'es', 'fr', 'pt'].map(
    (tag) => `${tag}: localized(languages: ["${tag}"]) { title { value } body { html } }`,
  );
  expect(await statementsOf(`{ release(number: "101/20") { ${aliases.join(' ')} } }`)).toHaveLength(
    3,
  );
});

it('reads a hundred nodes in as many statements as one', async () => {
  const { data } = await gateway.query<{ releases: { nodes: { id: string }[] } }>(
    '{ releases(first: 25) { nodes { id } } }',
  );
  const ids = data.releases.nodes.map(({ id }) => id);
  const document = `{ nodes(ids: ${JSON.stringify(ids)}) { id ... on Release { localized { title { value } } } } }`;
  expect(await statementsOf(document)).toHaveLength(3);
});
