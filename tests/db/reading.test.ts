import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReadSnapshot, withTransaction, type Database } from '../../src/platform/db/index.js';
import { AppError } from '../../src/kernel/errors.js';
import { asOwner, createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  ({ database } = test);
  await asOwner(database, 'CREATE TABLE published.tally (id int PRIMARY KEY, n int NOT NULL)');
  await database.dataSource.query('INSERT INTO published.tally VALUES (1, 0), (2, 0)');
});
afterAll(() => test.drop());

const COUNT = 'SELECT sum(n) AS n FROM published.tally';
const add = (id: number) =>
  database.dataSource.query('UPDATE published.tally SET n = n + 1 WHERE id = $1', [id]);

async function withSnapshot<T>(work: (snapshot: ReadSnapshot) => Promise<T>): Promise<T> {
  const snapshot = new ReadSnapshot(database.readPool);
  try {
    return await work(snapshot);
  } finally {
    await snapshot.close();
  }
}

describe('a snapshot for reading', () => {
  it('sees one instant, however long it lasts', async () => {
    await withSnapshot(async (snapshot) => {
      const before = await snapshot.query(COUNT);
      await add(1);
      expect(await snapshot.query(COUNT)).toEqual(before);
      expect(await withSnapshot((later) => later.query(COUNT))).not.toEqual(before);
    });
  });

  it('takes no connection until the first query, and gives it back at the end', async () => {
    const snapshots = Array.from({ length: 20 }, () => new ReadSnapshot(database.readPool));
    const [first] = snapshots;
    await first?.query('SELECT 1 AS one');
    expect(database.readPool.totalCount - database.readPool.idleCount).toBe(1);
    await Promise.all(snapshots.map((snapshot) => snapshot.close()));
    expect(database.readPool.totalCount - database.readPool.idleCount).toBe(0);
  });

  it('counts what it sends, one statement after another', async () => {
    await withSnapshot(async (snapshot) => {
      const sent = [3, 1, 2].map((n) => snapshot.query('SELECT $1::int AS n', [n]));
      expect((await Promise.all(sent)).flat()).toEqual([{ n: 3 }, { n: 1 }, { n: 2 }]);
      expect(snapshot.statements).toBe(3);
      expect(snapshot.log).toEqual(Array(3).fill('SELECT $1::int AS n'));
    });
  });

  it('cannot write', async () => {
    await withSnapshot(async (snapshot) => {
      await expect(snapshot.query('CREATE TEMP TABLE t ()')).rejects.toMatchObject({
        reason: 'DATABASE_READ_ONLY',
      });
    });
  });

  it('reports TIMEOUT for a query that takes too long, and leaves a sound connection', async () => {
    await withSnapshot(async (snapshot) => {
      await snapshot.query('SET LOCAL statement_timeout = 30');
      await expect(snapshot.query('SELECT pg_sleep(30)')).rejects.toMatchObject({
        reason: 'TIMEOUT',
      });
      await expect(snapshot.query('SELECT 1')).rejects.toMatchObject({ reason: 'TIMEOUT' });
    });
    expect(await withSnapshot((next) => next.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('reports DATABASE_UNAVAILABLE when its session is cut, and the pool recovers', async () => {
    await withSnapshot(async (snapshot) => {
      const [session] = await snapshot.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await asOwner(database, 'SELECT pg_terminate_backend($1)', [session?.pid]);
      await expect(snapshot.query('SELECT 1')).rejects.toBeInstanceOf(AppError);
      await expect(snapshot.query('SELECT 1')).rejects.toMatchObject({
        reason: 'DATABASE_UNAVAILABLE',
      });
    });
    expect(await withSnapshot((next) => next.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('survives that every connection of the pools is cut', async () => {
    await Promise.all(
      [1, 2, 3].map(() => withSnapshot((one) => one.query('SELECT pg_sleep(0.1)'))),
    );
    await asOwner(
      database,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(await withSnapshot((next) => next.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
    const reading = withTransaction(database.dataSource, (manager) =>
      manager.query('SELECT 1 AS one'),
    );
    expect(await reading).toEqual([{ one: 1 }]);
  });

  it('goes on after a table was changed under a prepared statement', async () => {
    const read = () => withSnapshot((one) => one.query('SELECT * FROM published.tally'));
    await Promise.all([read(), read(), read(), read()]);
    await asOwner(database, 'ALTER TABLE published.tally ADD note text');
    const outcomes: unknown[] = [];
    // At most one refusal for each pooled connection that had prepared it.
    for (let n = 0; n < 6; n += 1) outcomes.push(await read().catch(() => null));
    expect(outcomes.at(-1)).toHaveLength(2);
  });
});

describe('a transaction', () => {
  const counts = () => database.dataSource.query('SELECT id, n FROM published.tally ORDER BY id');

  it('leaves nothing behind when its work fails', async () => {
    const before: unknown = await counts();
    const attempt = withTransaction(database.dataSource, async (manager) => {
      await manager.query('UPDATE published.tally SET n = n + 100');
      throw new AppError('NOT_FOUND');
    });
    await expect(attempt).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    expect(await counts()).toEqual(before);
  });

  it('is done again after a deadlock', async () => {
    await database.dataSource.query('UPDATE published.tally SET n = 0');
    let waiting: (() => void) | undefined;
    const both = new Promise<void>((done) => (waiting = done));
    let arrived = 0;
    let attempts = 0;
    const cross = (first: number, second: number) =>
      withTransaction(database.dataSource, async (manager) => {
        attempts += 1;
        const update = 'UPDATE published.tally SET n = n + 1 WHERE id = $1';
        await manager.query(update, [first]);
        if ((arrived += 1) === 2) waiting?.();
        await both;
        await manager.query(update, [second]);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await database.dataSource.query('SELECT n FROM published.tally')).toEqual([
      { n: 2 },
      { n: 2 },
    ]);
  });
});
