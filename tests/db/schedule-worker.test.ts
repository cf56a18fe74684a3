import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { publishOrSchedule, ScheduleWorker } from '../../src/features/publication/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { openDatabase, type Database, withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { createLog } from '../../src/platform/log.js';
import { aRelease } from '../support/a-release.js';
import { createTestDatabase, testSettings, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/publishing.js';

let test: TestDatabase;
let nodes: Database[];

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  const settings = testSettings(test.ownerUrl);
  nodes = await Promise.all([1, 2].map(() => openDatabase(settings, { entities: ENTITIES })));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await test.drop();
});

const sql = <T = object>(text: string) => test.database.dataSource.query<T[]>(text);

const count = async (what: string) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`))[0]?.n ?? 0;

const workerOn = ({ dataSource }: Database, chores: (() => Promise<unknown>)[] = []) =>
  new ScheduleWorker({ dataSource, cache: new ReferenceCache(), log: createLog('silent'), chores });

/** Scheduled while no worker is there, for an instant that is past when it is done. */
async function overdue(numbers: readonly string[]): Promise<void> {
  const { dataSource } = test.database;
  const cache = new ReferenceCache();
  for (const number of numbers) {
    await replayStory(dataSource, cache, aRelease(number).in('ES').in('EN').story(), 'test');
    await withTransaction(dataSource, async (manager) => {
      const reference = await cache.load(queryableOf(manager));
      const [row] = await manager.query<{ id: string; at: Date }[]>(
        `SELECT id, clock_timestamp() + interval '1 hour' AS at FROM authoring.release WHERE number = $1`,
        [number],
      );
      const { id: releaseId = '', at = null } = row ?? {};
      await publishOrSchedule(manager, reference, { releaseId, locales: null, at, by: 'editor' });
    });
  }
  await sql(`UPDATE authoring.schedule SET at = now() - interval '10 minutes'`);
}

it('what fell due while nothing ran comes out at the next start', async () => {
  await overdue(['701/12']);
  expect(await count('authoring.edition')).toBe(0);
  const worker = workerOn(test.database);
  worker.start();
  await eventually(async () => (await count('authoring.edition')) === 1);
  await worker.stop();
});

it('three nodes bring out each one once, also where one of them stops half-way', async () => {
  const before = await count('published.change_log');
  const numbers = Array.from({ length: 40 }, (_, index) => `${710 + index}/12`);
  await overdue(numbers);
  const workers = [test.database, ...nodes].map((database) => workerOn(database));
  for (const worker of workers) worker.start();
  await eventually(async () => (await count('published.change_log')) > before + 5);
  await workers[0]?.stop();
  await eventually(async () => (await count('authoring.schedule')) === 0);
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(await count('authoring.edition')).toBe(41);
  expect(await count('authoring.edition WHERE number > 1')).toBe(0);
  expect(await count('published.change_log')).toBe(before + 40);
  expect(await count(`authoring.translation_revision WHERE action = 'PUBLISHED'`)).toBe(82);
  expect(await count(`authoring.audit WHERE subject ->> 'scheduled' = 'true'`)).toBe(41);
});

it('runs its other tasks, and one that fails does not stop the rest', async () => {
  let done = 0;
  const failing = () => Promise.reject(new Error('not today'));
  const worker = workerOn(test.database, [failing, async () => (done += 1)]);
  worker.start();
  await eventually(async () => done > 0);
  await overdue(['790/12']);
  await eventually(async () => (await count('authoring.schedule')) === 0);
  await worker.stop();
  expect(done).toBe(1);
});
