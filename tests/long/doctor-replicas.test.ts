import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { openDatabase } from '../../src/platform/db/index.js';
import { gateway } from '../support/command-line.js';
import { testSettings } from '../support/database.js';
import { TestPostgres } from '../support/postgres.js';

let primary: TestPostgres;
let replica: TestPostgres;

beforeAll(async () => {
  primary = await TestPostgres.start();
  replica = await primary.replica();
  await (await openDatabase(testSettings(primary.url))).close();
});
afterAll(async () => {
  await replica.remove();
  await primary.remove();
});

async function replicasFound(urls: string): Promise<unknown> {
  const env = { DATABASE_URL: primary.url, DATABASE_REPLICA_URLS: urls };
  const { stdout } = await gateway(['doctor', '--json'], env);
  const { checks } = JSON.parse(stdout) as { checks: { check: string }[] };
  return checks.find(({ check }) => check === 'replicas');
}

it('gateway doctor reports the delay of replicas, those that are away, and those that were promoted', async () => {
  const [{ position } = { position: '' }] = await primary.query<{ position: string }>(
    'SELECT pg_current_wal_lsn()::text AS position',
  );
  const deadline = performance.now() + 60_000;
  for (let isThere = false; !isThere && performance.now() < deadline;) {
    const rows = await replica.query<{ isThere: boolean }>(
      'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS "isThere"',
      [position],
    );
    isThere = rows[0]?.isThere === true;
  }
  expect(await replicasFound(replica.bareUrl)).toMatchObject({
    status: 'ok',
    message: expect.stringMatching(/^1 reachable, delay at most \d\ss$/),
  });
  expect(await replicasFound(`${replica.bareUrl},postgres://127.0.0.1:1/gateway`)).toMatchObject({
    status: 'warning',
    message: expect.stringMatching(/^Not reachable: 127\.0\.0\.1:1\. /),
  });
  await replica.promote();
  expect(await replicasFound(replica.bareUrl)).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/^No longer replicas: 127\.0\.0\.1:\d+\. They were promoted/),
  });
  // It prevents no server from starting.
  const settings = { ...testSettings(primary.url), databaseReplicaUrls: [replica.bareUrl] };
  await (await openDatabase(settings)).close();
});
