import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { LiveClient } from '../support/live.js';

const STEP_MS = 120_000;

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
});
afterEach(() => void jest.restoreAllMocks());
afterAll(() => gateway.close());

/** The clock of the machine is set to another time. */
function stepClock(ms: number): void {
  const real = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => real() + ms);
}

it('subscribers hear of changes as before while the clock is set back and forth', async () => {
  const client = new LiveClient(gateway.url, { languages: ['en'] }).overSocket();
  await client.until(({ pages }) => pages.length > 0);
  await gateway.given(aRelease('801/26').in('EN').published());
  await client.until(({ numbers }) => numbers.includes('801/26'));
  for (const [number, ms] of [
    ['802/26', -STEP_MS],
    ['803/26', STEP_MS],
    ['804/26', -STEP_MS],
  ] as const) {
    stepClock(ms);
    await gateway.given(aRelease(number).in('EN').published());
    await client.until(({ numbers }) => numbers.includes(number), STEP_MS / 2);
    jest.restoreAllMocks();
  }
  client.stop();
  expect(client.numbers).toEqual(['801/26', '802/26', '803/26', '804/26']);
});
