import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ReferenceCache } from '../../src/features/audience/index.js';
import { Random } from '../../src/demo/random.js';
import { createTestApp, createTwin, type TestApp, type Twin } from '../support/app.js';
import { MarkedRelease } from '../support/marked-editions.js';

/** 1,000 by hand. */
const CHANGES = Number(process.env['MODEL_CHANGES'] ?? 40);
const QUERIES_PER_CHANGE = 12;

let caching: TestApp;
let twin: Twin;
const releases: MarkedRelease[] = [];

beforeAll(async () => {
  caching = await createTestApp({ readModelBytes: 4 * 2 ** 20 });
  twin = await createTwin(caching);
  const { dataSource } = caching.database;
  const cache = new ReferenceCache();
  for (let index = 0; index < 12; index += 1) {
    const release = new MarkedRelease(`${101 + index}/20`, index, dataSource, cache);
    releases.push(release);
    await release.begin(`2020-0${1 + (index % 6)}-10`);
  }
  await settled();
});

afterAll(async () => {
  await twin.close();
  await caching.close();
});

/** Waits until the process has caught up with all changes. */
const settled = () => caching.as('EDITOR').mutate('mutation { __typename }');

async function responseOf(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function statementsOf(query: string): Promise<number> {
  const before = caching.snapshots.flatMap(({ log }) => log).length;
  await caching.query(query);
  return caching.snapshots.flatMap(({ log }) => log).length - before;
}

const TEXT =
  'reference slug dateText title { value lang isFallback freshness } resolution { locale }';

/** Questions of all kinds, in ever new combinations. */
function question(random: Random): string {
  const number = `${101 + random.between(0, 12)}/20`;
  const reader = random.pick([
    'languages: ["es"]',
    'languages: ["fr"], audience: "HT"',
    'audience: "BR"',
    'languages: ["es", "en"], coherence: FIELD',
    'languages: ["es"], coherence: STRICT',
  ]);
  const first = random.between(1, 12);
  const list = random.pick([
    '',
    ', orderBy: DATE_ASC',
    ', orderBy: TITLE_ASC',
    ', search: "ES"',
    ', filter: { publishedIn: { all: [ES] } }',
    ', filter: { dateFrom: "2020-03-01" }',
  ]);
  return random.pick([
    `{ release(number: "${number}") { edition localized(${reader}) { ${TEXT} body { html } } locales { locale status } } }`,
    `{ release(reference: "E-${number}") { alternates { slug } en: localized(languages: ["en"]) { excerpt { value } } es: localized(languages: ["es"]) { summary { value } body { plainText } } } }`,
    `{ releases(first: ${first}, ${reader}${list}) { pageInfo { hasNextPage endCursor } edges { node { number edition } localized { ${TEXT} excerpt { value } } } } }`,
    `{ releases(last: ${first}, ${reader}${list}) { totalCount nodes { number } } }`,
    `{ a: release(number: "${number}") { edition } releases(first: ${first}) { nodes { edition number } } b: release(number: "${number}") { localized(${reader}) { ${TEXT} } } }`,
  ]);
}

it(`serves the same from its cache as from the database, after each of ${CHANGES} changes`, async () => {
  const random = new Random(Number(process.env['SEED'] ?? 1));
  let queries = 0;
  let hits = 0;
  for (let change = 0; change < CHANGES; change += 1) {
    await random.pick(releases).change();
    await settled();
    for (let turn = 0; turn < QUERIES_PER_CHANGE; turn += 1) {
      const query = question(random);
      const right = await responseOf(twin.url, query);
      expect([query, await responseOf(caching.url, query)]).toEqual([query, right]);
      const before = caching.snapshots.length;
      expect([query, await responseOf(caching.url, query)]).toEqual([query, right]);
      if (caching.snapshots.length === before) hits += 1;
      queries += 1;
    }
  }
  process.stdout.write(
    `read models: ${CHANGES} changes, ${queries} queries sent twice, ${hits} the second time without a query to the database; all as without them\n`,
  );
  expect(hits).toBeGreaterThan(queries / 2);
}, 900_000);

it('sends the database no query for what is cached, however the query is written', async () => {
  const { dataSource } = caching.database;
  // Whatever has become of the others.
  const release = new MarkedRelease('199/20', 12, dataSource, new ReferenceCache());
  await release.begin('2020-07-10');
  await settled();
  await caching.query(
    '{ release(number: "199/20") { edition localized(languages: ["es"]) { body { html } } } }',
  );
  expect(
    await statementsOf(
      '{ r: release(number: "199/20") { localized(languages: ["es"]) { title { value } body { plainText } } } }',
    ),
  ).toBe(0);
});
