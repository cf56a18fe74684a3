import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { fillSearchIndex } from '../../src/features/publication/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, createTwin, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { eventually } from '../support/publishing.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  const releases = Array.from({ length: 45 }, (_, index) =>
    aRelease(`${101 + index}/20`)
      .in('ES', { title: `Organización ${index}` })
      .published(),
  );
  await gateway.given(...releases);
});
afterAll(() => gateway.close());

/** As migration 0011 leaves a database with texts. */
async function forgetLexemes(): Promise<void> {
  const columns = 'lexemes = NULL, title_lexemes = NULL, lead_lexemes = NULL';
  await asOwner(gateway.database, 'UPDATE published.search_index SET complete = false');
  await asOwner(gateway.database, `UPDATE published.text SET ${columns}`);
}

async function count(url: string, search: string): Promise<number> {
  const query = `{ releases(search: "${search}", languages: ["es"]) { totalCount } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: { releases: { totalCount: number } } };
  return data.releases.totalCount;
}

it('finds texts by the old columns until all have lexemes, and by these from then on', async () => {
  await forgetLexemes();
  expect(await count(gateway.url, 'organización')).toBe(45);
  // The old columns do not find the plural; the response is cached, and must not stay.
  const twin = await createTwin(gateway, { readModelBytes: 10_000_000 });
  await eventually(async () => (await count(twin.url, 'organizaciones')) === 45);
  expect(await count(gateway.url, 'organizaciones')).toBe(45);
  expect(await count(twin.url, 'organización')).toBe(45);
  await twin.close();
});

it('is filled by a command to its end, also what a node of the release before published since', async () => {
  await asOwner(
    gateway.database,
    `UPDATE published.text SET lexemes = NULL, title_lexemes = NULL, lead_lexemes = NULL WHERE number < '110/20'`,
  );
  const progress: [number, number][] = [];
  const report = (done: number, total: number) => void progress.push([done, total]);
  expect(await fillSearchIndex(gateway.database.dataSource, report)).toBe(9);
  expect(progress.at(-1)).toEqual([9, 9]);
  expect(await count(gateway.url, 'organizaciones')).toBe(45);
});

it('leaves alone what is being published, and makes nobody wait', async () => {
  await forgetLexemes();
  await gateway.database.dataSource.transaction(async (manager) => {
    await manager.query(`SELECT FROM published.text WHERE number = '120/20' FOR UPDATE`);
    await eventually(async () => {
      const [row] = await asOwner<{ missing: number }>(
        gateway.database,
        'SELECT count(*)::int AS missing FROM published.text WHERE lexemes IS NULL',
      );
      return row?.missing === 1;
    });
    expect(await count(gateway.url, 'organización')).toBe(45);
  });
  await eventually(async () => (await count(gateway.url, 'organizaciones')) === 45);
});
