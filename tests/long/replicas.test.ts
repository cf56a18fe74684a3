import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { type Database, openDatabase } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { testSettings } from '../support/database.js';
import { sample } from '../support/metrics.js';
import { TestPostgres } from '../support/postgres.js';
import { type Served, serveBuilt } from '../support/served.js';

const FIRST = 3;
const READERS = 16;
const REFUSED = '503 SERVICE_UNAVAILABLE';

let primary: TestPostgres;
let replica: TestPostgres;
let database: Database;
let nodes: Served[] = [];
let origins: string[] = [];

beforeAll(async () => {
  primary = await TestPostgres.start();
  const settings = { ...testSettings(primary.url), databaseUrl: primary.url };
  database = await openDatabase(settings, { entities: ENTITIES });
  for (let n = 1; n <= FIRST; n += 1) await publish(n);
  replica = await primary.replica();
  const env = {
    DATABASE_URL: primary.url,
    DATABASE_REPLICA_URLS: replica.bareUrl,
    // What is cached needs no server.
    READ_MODEL_MB: '0',
    ANSWER_CACHE_MB: '0',
    LOG_LEVEL: 'silent',
    READ_POOL_SIZE: '4',
  };
  nodes = [serveBuilt({ ...env, METRICS_PORT: '0' }), serveBuilt(env)];
  origins = await Promise.all(nodes.map(({ origin }) => origin));
}, 240_000);
afterAll(async () => {
  for (const { process: child } of nodes) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(nodes.map(({ outcome }) => outcome));
  await database.close();
  await replica.remove();
  await primary.remove();
}, 240_000);

const publish = (n: number) => {
  const story = aRelease(`${n}/20`).in('EN').published().story();
  return replayStory(database.dataSource, new ReferenceCache(), story, 'test');
};

interface ReadResult {
  readonly status: number;
  readonly count: number;
  readonly code: string | null;
}

async function request(origin: string): Promise<ReadResult> {
  const query = '{ releases(first: 100) { totalCount nodes { number } } }';
  const reply = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await reply.json()) as {
    data?: { releases: { totalCount: number; nodes: unknown[] } } | null;
    errors?: { extensions: { code: string } }[];
  };
  const count = data?.releases.totalCount ?? -1;
  // One response is of one snapshot, wherever it comes from.
  if (data) expect(data.releases.nodes).toHaveLength(count);
  return { status: reply.status, count, code: errors?.[0]?.extensions.code ?? null };
}

/** How often the releases were read on that server, by its own count. */
async function readsOf(server: TestPostgres): Promise<number> {
  const [row] = await server.query<{ reads: number }>(
    `SELECT (coalesce(idx_scan, 0) + seq_scan)::int AS reads FROM pg_stat_user_tables
      WHERE schemaname = 'published' AND relname = 'release'`,
  );
  return row?.reads ?? 0;
}

/** Each session writes its statistics once it has been idle for a short time. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await condition());) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await pause(50);
  }
}

const caughtUp = async () => {
  const [row] = await primary.query<{ lsn: string }>('SELECT pg_current_wal_lsn() AS lsn');
  await until(async () => {
    const [seen] = await replica.query<{ there: boolean }>(
      'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS there',
      [row?.lsn],
    );
    return seen?.there === true;
  });
};

/** Of the only replica, as the first node measures it. Its label has no login. */
async function replicaMetric(name: string): Promise<number | undefined> {
  const text = await (await fetch((await nodes[0]?.metrics) ?? '')).text();
  const server = new URL(replica.bareUrl).host;
  return sample(text, `gateway_replica_${name}`, { replica: '0', server });
}

/** One reader, who queries one node after another, and how many releases they were shown each time. */
async function wander(going: () => boolean): Promise<ReadResult[]> {
  const met: ReadResult[] = [];
  for (let i = 0; going(); i += 1) met.push(await request(origins[i % origins.length] ?? ''));
  return met;
}

const stepsBack = (met: readonly ReadResult[]) => {
  const counts = met.filter(({ status }) => status === 200).map(({ count }) => count);
  return counts.filter((count, i) => count < Math.max(...counts.slice(0, i + 1))).length;
};

describe('two processes with a replica', () => {
  it('are served by the replica', async () => {
    await caughtUp();
    await until(async () => (await replicaMetric('lag_seconds')) === 0);
    expect(await replicaMetric('up')).toBe(1);
    const before = { primary: await readsOf(primary), replica: await readsOf(replica) };
    const total = 60;
    for (let i = 0; i < total; i += 1) {
      expect(await request(origins[i % 2] ?? '')).toEqual({
        status: 200,
        count: FIRST,
        code: null,
      });
    }
    await until(async () => (await readsOf(replica)) >= before.replica + total);
    // What the publications above have read may be counted only now; 60 readers would be more.
    expect((await readsOf(primary)) - before.primary).toBeLessThan(total / 2);
  });

  it('show what was published at once, while the replica lags, and never an older edition again', async () => {
    let going = true;
    let published = FIRST;
    const readers = Array.from({ length: 8 }, () => wander(() => going));
    let stale = 0;
    for (let round = 0; round < 10; round += 1) {
      await replica.query('SELECT pg_wal_replay_pause()');
      for (let i = 0; i < 2; i += 1) {
        published += 1;
        await publish(published);
        const seen = await Promise.all(origins.map(request));
        stale += seen.filter(({ count }) => count < published).length;
      }
      if (round === 0) await until(async () => ((await replicaMetric('lag_seconds')) ?? 0) > 0);
      await replica.query('SELECT pg_wal_replay_resume()');
      if (round % 2 === 1) await caughtUp();
    }
    await caughtUp();
    const before = await readsOf(replica);
    await until(async () => (await readsOf(replica)) > before);
    going = false;
    const met = await Promise.all(readers);
    const all = met.flat();
    const back = met.map(stepsBack).reduce((a, b) => a + b, 0);
    process.stderr.write(
      `replica that lags: 20 publications in 10 pauses, ${all.length} answers of two processes to 8 readers, ` +
        `steps back ${back}, older than acknowledged ${stale}, not 200 ${all.filter(({ status }) => status !== 200).length}\n`,
    );
    expect([back, stale]).toEqual([0, 0]);
    expect(all.filter(({ status }) => status !== 200)).toEqual([]);
  }, 240_000);

  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'go on without a replica that is cut off: %s',
    async (signal) => {
      await caughtUp();
      let going = true;
      const met: (ReadResult & { took: number })[] = [];
      const read = async (origin: string) => {
        while (going) {
          const at = Date.now();
          const response = await request(origin);
          met.push({ ...response, took: Date.now() - at });
        }
      };
      const readers = Array.from({ length: READERS }, (_, i) => read(origins[i % 2] ?? ''));
      await until(async () => met.length > 200);
      const session = await stopSessions(signal);
      const at = met.length;
      await until(async () => met.length > at + 500);
      if (signal === 'SIGKILL') await replica.startAgain();
      else await session.goOn();
      const before = await readsOf(replica);
      const upAt = Date.now();
      await until(async () => (await readsOf(replica)) > before + 50);
      going = false;
      await Promise.all(readers);
      const faults = met.filter(({ status }) => status !== 200);
      process.stderr.write(
        `replica cut off (${signal}): ${met.length} answers, ${faults.length} of them not 200, ` +
          `the slowest after ${Math.max(...met.map(({ took }) => took))} ms; ` +
          `used again ${Date.now() - upAt} ms after its return\n`,
      );
      // What it had begun to serve is refused, and may be sent again; see docs/operations.md, "Replicas".
      expect(faults.filter(({ status, code }) => `${status} ${code}` !== REFUSED)).toEqual([]);
      expect(faults.length).toBeLessThanOrEqual(READERS);
      expect(Math.max(...met.map(({ took }) => took))).toBeLessThan(4_000);
    },
    240_000,
  );

  it('are not served by a replica that has what a restore removed', async () => {
    await caughtUp();
    await replica.query('SELECT pg_wal_replay_pause()');
    // The primary goes on from an earlier point, with another change under the same number.
    await primary.query(
      `UPDATE published.change_log SET id = gen_random_uuid()
        WHERE seq = (SELECT max(seq) FROM published.change_log)`,
    );
    try {
      await until(async () => (await replicaMetric('up')) === 0);
      const seen = await Promise.all(origins.map(request));
      expect(seen).toMatchObject(origins.map(() => ({ status: 200 })));
    } finally {
      await replica.query('SELECT pg_wal_replay_resume()');
    }
    // One that was made anew has the history of the primary.
    await until(async () => (await replicaMetric('up')) === 1);
  }, 240_000);

  it('go on reading where the primary is killed, and never go back', async () => {
    await caughtUp();
    const [{ count } = { count: 0 }] = await Promise.all(origins.map(request));
    await primary.signal('SIGKILL');
    const met = await Promise.all(
      Array.from({ length: 40 }, (_, i) => request(origins[i % 2] ?? '')),
    );
    expect(new Set(met.map((one) => `${one.status} ${one.count}`))).toEqual(
      new Set([`200 ${count}`]),
    );
    await primary.startAgain();
    await publish(1_000);
    for (const origin of origins) {
      await until(async () => (await request(origin)).count === count + 1);
    }
  }, 240_000);
});

/** SIGSTOP stops one process only: its sessions are stopped too. */
async function stopSessions(signal: 'SIGKILL' | 'SIGSTOP') {
  const pids = await replica.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()`,
  );
  await replica.signal(signal);
  const send = (what: NodeJS.Signals) => {
    for (const { pid } of pids) {
      try {
        process.kill(pid, what);
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  if (signal === 'SIGSTOP') send('SIGSTOP');
  const goOn = async () => {
    send('SIGCONT');
    await replica.signal('SIGCONT');
  };
  return { goOn };
}
