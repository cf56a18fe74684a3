import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { LiveClient } from '../support/live.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
}, 240_000);
afterAll(() => gateway.close());

const cases: [string, number, number, number, (client: LiveClient) => LiveClient][] = [
  ['a WebSocket', 22, 500, 10, (client) => client.overSocket()],
  ['an event stream', 23, 80, 5, (client) => client.overEvents()],
];

it.each(cases)(
  'resumes without a gap over %s',
  async (name, year, publications, cuts, connect) => {
    const client = connect(new LiveClient(gateway.url, { languages: ['en'] }));
    await client.until(({ pages }) => pages.length === 1);
    const numbers = Array.from({ length: publications }, (_, index) => `${1000 + index}/${year}`);
    const startedAt = Date.now();
    const every = publications / cuts;
    for (const [index, number] of numbers.entries()) {
      await gateway.given(
        aRelease(number)
          .in('EN', { title: number, body: [number] })
          .published(),
      );
      // In the middle: what was published before may not have arrived.
      if (index % every === Math.floor(every / 2)) client.cut();
    }
    await client.until(({ changes }) => changes.length >= publications);
    const { connections, pages } = client;
    client.stop();
    process.stderr.write(
      `live over ${name}: ${publications} publications in ${Date.now() - startedAt} ms, cut ${cuts} times; ` +
        `${connections} connections, ${pages.length} pages, ${client.changes.length} changes seen, ` +
        `${new Set(client.numbers).size} of them different\n`,
    );
    expect(client.numbers).toEqual(numbers);
    expect(connections).toBeGreaterThan(cuts);
    expect(client.errors).toEqual([]);
  },
  240_000,
);
