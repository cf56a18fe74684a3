import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';

import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Served, serveBuilt } from '../support/served.js';

let test: TestDatabase;
let started: Served[] = [];

beforeAll(async () => {
  test = await createTestDatabase({}, { texts: true });
}, 180_000);
afterEach(async () => {
  for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(started.map(({ outcome }) => outcome));
  started = [];
});
afterAll(() => test.drop());

function serve(env: NodeJS.ProcessEnv = {}): Served {
  const server = serveBuilt({
    DATABASE_URL: test.ownerUrl,
    WORKERS: '2',
    LOG_LEVEL: 'warn',
    ...env,
  });
  started.push(server);
  return server;
}

/** Over a connection of its own, so that the workers take turns. */
async function send(origin: string): Promise<unknown> {
  const reply = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query: '{ releases { totalCount } }' }),
    // A connection that was just being handed to a worker when that was killed is lost.
    signal: AbortSignal.timeout(5_000),
  });
  return reply.json();
}

const RESPONSE = { data: { releases: { totalCount: 0 } } };

/** The processes that a process has started. */
async function childrenOf(pid: number | undefined): Promise<number[]> {
  const all = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state !== 'Z' && Number(parent) === pid ? [Number(name)] : [];
      }),
  );
  return all.flat();
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await condition());) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await pause(25);
  }
}

it('shares one port among workers, reports it once, and ends them all with 0', async () => {
  const server = serve();
  const origin = await server.origin;
  const workers = await childrenOf(server.process.pid);
  expect(workers).toHaveLength(2);
  const responses = await Promise.all(Array.from({ length: 20 }, () => send(origin)));
  expect(responses).toEqual(Array(20).fill(RESPONSE));

  const begun = Date.now();
  server.process.kill('SIGTERM');
  const { code, stdout, stderr } = await server.outcome;
  expect([code, stderr.split('\n')]).toEqual([
    0,
    ['Stopping; requests in progress are being completed', 'Stopped', ''],
  ]);
  expect(stdout.match(/Listening on/g)).toHaveLength(1);
  expect(Date.now() - begun).toBeLessThan(5_000);
  await until(async () => !(await anyAlive(workers)));
}, 240_000);

it('restarts a worker that was killed, on the same port, while the other one serves', async () => {
  const server = serve({ LOG_LEVEL: 'info' });
  const origin = await server.origin;
  const [killed = 0, other] = await childrenOf(server.process.pid);
  process.kill(killed, 'SIGKILL');
  await server.untilOutput('A worker ended');
  for (let i = 0; i < 10; i += 1) expect(await send(origin)).toEqual(RESPONSE);
  let now: number[] = [];
  await until(async () => (now = await childrenOf(server.process.pid)).length === 2);
  expect(now).toContain(other);
  // The new one serves too, once it is alone.
  const [added = 0] = now.filter((pid) => pid !== other);
  await server.untilOutput(`"pid":${added},"hostname":"${hostname()}","msg":"Server listening`);
  process.kill(other ?? 0, 'SIGKILL');
  await until(async () => {
    return JSON.stringify(await send(origin).catch(() => null)) === JSON.stringify(RESPONSE);
  });
  server.process.kill('SIGTERM');
  expect((await server.outcome).code).toBe(0);
}, 240_000);

it('takes the workers along where the process that started them dies', async () => {
  const server = serve();
  const origin = await server.origin;
  const workers = await childrenOf(server.process.pid);
  server.process.kill('SIGKILL');
  await server.outcome;
  await until(async () => !(await anyAlive(workers)));
  await expect(send(origin)).rejects.toThrow();
}, 240_000);

it('reports once why it cannot start', async () => {
  const server = serve();
  const { port } = new URL(await server.origin);
  const { code, stdout, stderr } = await serve({ PORT: port }).outcome;
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(new RegExp(`^Error: Port ${port} on 127.0.0.1 is in use .*\n$`));
}, 240_000);

async function anyAlive(pids: readonly number[]): Promise<boolean> {
  const states = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  return states.some((stat) => stat !== '' && !/\) Z /.test(stat));
}
