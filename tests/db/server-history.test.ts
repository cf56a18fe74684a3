import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { publishOrSchedule, ScheduleWorker } from '../../src/features/publication/index.js';
import { claimDue } from '../../src/features/publication/schedule.repository.js';
import { replayStory } from '../../src/features/import/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { createLog } from '../../src/platform/log.js';
import { aRelease } from '../support/a-release.js';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/publishing.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
});
afterAll(() => test.drop());

const sql = <T extends object>(text: string, values: unknown[] = []) =>
  test.database.dataSource.query<T[]>(text, values);

/** Waiting for an instant that has passed, as after a time without nodes. */
async function overdue(number: string): Promise<void> {
  const { dataSource } = test.database;
  const cache = new ReferenceCache();
  await replayStory(dataSource, cache, aRelease(number).in('ES').in('EN').story(), 'test');
  await withTransaction(dataSource, async (manager) => {
    const reference = await cache.load(queryableOf(manager));
    const [row] = await sql<{ id: string }>('SELECT id FROM authoring.release WHERE number = $1', [
      number,
    ]);
    const at = new Date(Date.now() + 3_600_000);
    const request = { releaseId: row?.id ?? '', locales: null, at, by: 'editor' };
    await publishOrSchedule(manager, reference, request);
  });
  await sql(
    `UPDATE authoring.schedule SET at = now() - interval '1 minute' WHERE state = 'WAITING'`,
  );
}

/** As if the database had been on another server before. */
const move = () =>
  asOwner(
    test.database,
    `INSERT INTO published.server_history (number, identity, seq, kind)
     SELECT (SELECT max(number) + 1 FROM published.server_history), 'another/1/00000001', seq, 'FIRST' FROM published.change_log_head`,
  );

const worker = () => {
  const { dataSource } = test.database;
  return new ScheduleWorker({ dataSource, cache: new ReferenceCache(), log: createLog('silent') });
};

const records = () =>
  sql<{ kind: string }>('SELECT kind FROM published.server_history ORDER BY number');

const stateOf = async (number: string) => {
  const [row] = await sql<{ state: string; held_back_reason: string | null }>(
    `SELECT s.state, s.held_back_reason FROM authoring.schedule s
       JOIN authoring.release r ON r.id = s.release_id WHERE r.number = $1`,
    [number],
  );
  return row ?? null;
};

it('on another server, what is overdue is held back, once, on however many nodes', async () => {
  await overdue('701/20');
  await move();
  const before = (await records()).length;
  const revision = 'SELECT number FROM reference.revision';
  const [then] = await sql<{ number: number }>(revision);
  const nodes = [worker(), worker(), worker()];
  for (const node of nodes) node.start();
  await eventually(async () => (await stateOf('701/20'))?.state === 'HELD_BACK');
  expect(await stateOf('701/20')).toEqual({ state: 'HELD_BACK', held_back_reason: 'RESTORED' });
  // What falls due from then on comes out as ever.
  await overdue('702/20');
  await eventually(async () => (await stateOf('702/20')) === null);
  await Promise.all(nodes.map((node) => node.stop()));
  expect((await records()).slice(before)).toEqual([{ kind: 'FOUND' }]);
  const [now] = await sql<{ number: number }>(revision);
  // Numbers that the lost history may have given are not given again.
  expect(now?.number).toBeGreaterThan((then?.number ?? 0) + 1_000);
});

it('a node that knows nothing of it yet publishes nothing either', async () => {
  await overdue('703/20');
  await move();
  const { dataSource } = test.database;
  const claimed = await withTransaction(dataSource, (manager) => claimDue(manager, []));
  expect(claimed).toBeNull();
});
