import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { loadDemo, loadGenerated } from '../../src/cli/demo.js';
import { createImporting, type Importing, silentTerminal } from '../support/importing.js';

let gateway: Importing;

beforeAll(async () => {
  gateway = await createImporting();
});
afterAll(() => gateway.close());

const generate = (count: number, seed = 1) => {
  return loadGenerated(gateway.database, silentTerminal(), { count, seed });
};

it('loads the demonstration releases once, though two start at the same time', async () => {
  const load = () => loadDemo(gateway.database.dataSource);
  const [one, two] = await Promise.all([load(), load()]);
  expect(one + two).toBe(13);
  expect(await load()).toBe(0);
  expect((await gateway.export()).trimEnd().split('\n')).toHaveLength(11);
});

it('adds the generated releases that are not there yet, always the same ones', async () => {
  const other = await createImporting();
  try {
    expect([await generate(6), await generate(6), await generate(8)]).toEqual([6, 0, 2]);
    await loadDemo(other.database.dataSource);
    await loadGenerated(other.database, silentTerminal(), { count: 8, seed: 1 });
    // When each database published them is another instant.
    const published = async (from: Importing) => {
      return (await from.export()).replace(/"publishedAt":"[^"]*",?/g, '');
    };
    expect(await published(other)).toBe(await published(gateway));
  } finally {
    await other.close();
  }
});
