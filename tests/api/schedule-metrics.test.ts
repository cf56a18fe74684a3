import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Observer } from '../../src/platform/observe/observer.js';
import { SlowReading } from '../../src/platform/observe/slow-reading.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { sample } from '../support/metrics.js';

const observer = new Observer({ version: '1.2.3' });
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ observer });
}, 240_000);
afterAll(() => app.close());

const states = ['waiting', 'overdue', 'held_back'];

async function schedules(): Promise<(number | undefined)[]> {
  const text = await observer.metrics.text();
  return states.map((state) => sample(text, 'gateway_schedules', { state }));
}

async function untilSchedules(expected: (number | undefined)[]): Promise<void> {
  const wanted = JSON.stringify(expected);
  let found = '';
  for (const deadline = Date.now() + 60_000; found !== wanted;) {
    if (Date.now() > deadline) throw new Error(`the metrics have ${found}, not ${wanted}`);
    found = JSON.stringify(await schedules());
    await pause(50);
  }
}

describe('the metrics', () => {
  it('have schedules by state, and none of them while the database is away', async () => {
    await app.given(aRelease('901/26').in('EN'), aRelease('902/26').in('EN'));
    await app.given(aRelease('903/26').in('EN'));
    await app.database.asOwner(async (owner) => {
      // A worker cannot publish a release that another session has locked.
      await owner.query(
        `BEGIN; SELECT FROM authoring.release WHERE number = '902/26' FOR NO KEY UPDATE`,
      );
      await asOwner(
        app.database,
        `INSERT INTO authoring.schedule (release_id, at, revisions, state, by)
         SELECT id, now() + CASE number WHEN '902/26' THEN -interval '1 hour' ELSE interval '1 day' END, '{}',
                CASE number WHEN '903/26' THEN 'HELD_BACK' ELSE 'WAITING' END, 'test'
           FROM authoring.release`,
      );
      await untilSchedules([2, 1, 1]);
      const database = new URL(app.ownerUrl).pathname.slice(1);
      // Only in this database: the logins are those of all tests.
      const grantees = 'PUBLIC, gateway_writer, gateway_reader';
      await owner.query(`REVOKE CONNECT ON DATABASE ${database} FROM ${grantees}`);
      await owner.query('COMMIT');
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND usename LIKE 'gateway_writer%'`,
      );
      await untilSchedules([undefined, undefined, undefined]);
      await owner.query(`GRANT CONNECT ON DATABASE ${database} TO ${grantees}`);
    });
    while ((await schedules())[0] === undefined) await pause(50);
  }, 240_000);

  it('have the version of the program, and name what replaces a metric', async () => {
    const text = await observer.metrics.text();
    expect(sample(text, 'gateway_build_info', { version: '1.2.3' })).toBe(1);
    expect(text).toMatch(
      /# HELP gateway_sync_lag_seconds Deprecated.* use gateway_change_feed_age_seconds/,
    );
    expect(sample(text, 'gateway_replicas_configured')).toBe(0);
  });
});

describe('a value that costs a statement', () => {
  it('is read once for several readers of the metrics, and again when it is old', async () => {
    let reads = 0;
    const reading = new SlowReading(async () => (reads += 1), { maxAgeMs: 200, maxWaitMs: 10_000 });
    expect(await Promise.all([reading.value(), reading.value()])).toEqual([1, 1]);
    while ((await reading.value()) === 1) await pause(10);
    expect(reads).toBe(2);
  });

  it('is not waited for, and no second statement is sent meanwhile', async () => {
    let reads = 0;
    let respond: (value: number) => void = () => undefined;
    const read = () => {
      reads += 1;
      return new Promise<number>((resolve) => (respond = resolve));
    };
    const reading = new SlowReading(read, { maxAgeMs: 60_000, maxWaitMs: 20 });
    expect([await reading.value(), await reading.value(), reads]).toEqual([null, null, 1]);
    respond(7);
    expect(await reading.value()).toBe(7);
  });
});
