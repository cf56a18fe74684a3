import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { createLog } from '../../src/platform/log.js';
import { Observer } from '../../src/platform/observe/observer.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { sample } from '../support/metrics.js';

interface Line {
  level: number;
  msg: string;
  seconds?: number;
  err?: { reason: string; cause: { code: string } };
}

const observer = new Observer();
const lines: Line[] = [];
let gateway: TestApp;

beforeAll(async () => {
  const log = createLog('info', {
    write: (line) => void lines.push(JSON.parse(line) as Line),
  });
  gateway = await createTestApp({ observer, log });
});
afterAll(() => gateway.close());

const WARNING =
  'The change feed cannot be read: no response is cached, and subscribers receive nothing';

async function until(found: () => unknown): Promise<void> {
  while (!found()) await pause(50);
}

const ageMetric = async () =>
  sample(await observer.metrics.text(), 'gateway_change_feed_age_seconds') ?? -1;

async function readiness(): Promise<{ code: number; age: number }> {
  const response = await fetch(new URL('/readyz', gateway.url));
  const { changeFeedAgeSeconds } = (await response.json()) as { changeFeedAgeSeconds: number };
  return { code: response.status, age: changeFeedAgeSeconds };
}

it('a change feed that cannot be read is logged, measured and reported by /readyz', async () => {
  const logged = () => lines.filter(({ msg }) => msg.startsWith('The change feed'));
  // A busy machine may have been late with the first poll.
  while ((await readiness()).age > 1) await pause(50);
  lines.length = 0;
  expect(await ageMetric()).toBeLessThan(5);
  const database = new URL(gateway.ownerUrl).pathname.slice(1);
  await gateway.database.asOwner(async (owner) => {
    await owner.query(`REVOKE CONNECT ON DATABASE ${database} FROM PUBLIC, gateway_writer`);
    await owner.query(`GRANT CONNECT ON DATABASE ${database} TO gateway_reader`);
    // Only in this database: the logins are those of all tests.
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = $1 AND usename LIKE 'gateway_writer%'`,
      [database],
    );
  });
  await until(() => logged().length > 0);
  expect(logged()).toMatchObject([
    {
      level: 40,
      msg: WARNING,
      // SQLSTATE of a missing privilege: CONNECT.
      err: { reason: 'DATABASE_UNAVAILABLE', cause: { code: '42501' } },
    },
  ]);
  expect(logged()[0]?.seconds).toBeGreaterThanOrEqual(5);
  expect(await ageMetric()).toBeGreaterThanOrEqual(5);
  const { code, age } = await readiness();
  expect(code).toBe(200);
  expect(age).toBeGreaterThanOrEqual(5);
  expect((await gateway.query('{ releases { totalCount } }')).errors).toEqual([]);
  await gateway.database.asOwner((owner) =>
    owner.query(`GRANT CONNECT ON DATABASE ${database} TO PUBLIC`),
  );
  await until(() => logged().length > 1);
  expect(logged()[1]).toMatchObject({ level: 30, msg: 'The change feed is read again' });
  expect((await readiness()).age).toBeLessThan(5);
});
