import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { LiveClient } from '../support/live.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
}, 240_000);
afterAll(() => gateway.close());

const cases: [string, number, number, number, (follower: LiveClient) => LiveClient][] = [
  ['a WebSocket', 22, 500, 10, (follower) => follower.overSocket()],
  ['an event stream', 23, 80, 5, (follower) => follower.overEvents()],
];

it.each(cases)(
  'resumes without a gap over %s',
  async (name, year, publications, cuts, connect) => {
    const follower = connect(new LiveClient(gateway.url, { languages: ['en'] }));
    await follower.until(({ pages }) => pages.length === 1);
    const numbers = Array.from({ length: publications }, (_, index) => `${1000 + index}/${year}`);
    const startedAt = Date.now();
    const every = publications / cuts;
    for (const [index, number] of numbers.entries()) {
      await gateway.given(
        aRelease(number)
          .in('EN', { title: number, body: [number] })
          .published(),
      );
      // In the middle of things: nothing says that what was published before has arrived.
      if (index % every === Math.floor(every / 2)) follower.cut();
    }
    await follower.until(({ changes }) => changes.length >= publications);
    const { connections, pages } = follower;
    follower.stop();
    process.stderr.write(
      `live over ${name}: ${publications} publications in ${Date.now() - startedAt} ms, cut ${cuts} times; ` +
        `${connections} connections, ${pages.length} pages, ${follower.changes.length} changes seen, ` +
        `${new Set(follower.numbers).size} of them different\n`,
    );
    expect(follower.numbers).toEqual(numbers);
    expect(connections).toBeGreaterThan(cuts);
    expect(follower.errors).toEqual([]);
  },
  240_000,
);
