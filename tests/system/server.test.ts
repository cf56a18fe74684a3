import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { singleClient } from '../../src/platform/db/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Served, serveBuilt } from '../support/served.js';

let test: TestDatabase;
let started: Served[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
}, 180_000);
afterEach(async () => {
  for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(started.map(({ outcome }) => outcome));
  started = [];
});
afterAll(() => test.drop());

function serve(env: NodeJS.ProcessEnv = {}, uid?: number): Served {
  const server = serveBuilt({ DATABASE_URL: test.ownerUrl, LOG_LEVEL: 'error', ...env }, uid);
  started.push(server);
  return server;
}

const send = (origin: string, query: string) =>
  fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

describe('a running server', () => {
  it('reports that it is live and ready, and serves queries', async () => {
    const origin = await serve().origin;
    const live = await fetch(`${origin}/livez`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${origin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', changeFeedAgeSeconds: expect.any(Number) },
    ]);
    const response = await send(origin, '{ releases { totalCount } }');
    expect(await response.json()).toEqual({ data: { releases: { totalCount: 0 } } });
    const lost = await fetch(`${origin}/nowhere`, { headers: { 'accept-language': 'pt' } });
    expect(lost.status).toBe(404);
    expect(await lost.text()).toContain('NOT_FOUND');
  });

  it('finishes the request under way on SIGTERM, and ends with 0', async () => {
    const server = serve();
    const origin = await server.origin;
    const blocker = singleClient(test.ownerUrl);
    await blocker.connect();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE published.release IN ACCESS EXCLUSIVE MODE');
    const response = send(origin, '{ releases { totalCount } }');
    await waiting(blocker);
    const begun = Date.now();
    server.process.kill('SIGTERM');
    await server.untilOutput('Stopping');
    await blocker.query('ROLLBACK');
    await blocker.end();
    const reply = await response;
    expect([reply.status, await reply.json()]).toEqual([
      200,
      { data: { releases: { totalCount: 0 } } },
    ]);
    expect((await server.outcome).code).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
    await expect(fetch(`${origin}/livez`)).rejects.toThrow();
  });

  it('takes the same signal from a terminal and from npm for one', async () => {
    const server = serve();
    await server.origin;
    server.process.kill('SIGINT');
    server.process.kill('SIGINT');
    await server.untilOutput('Stopping');
    server.process.kill('SIGINT');
    expect((await server.outcome).code).toBe(0);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 at once when idle: %s', async (signal) => {
    const server = serve();
    // A connection that stays open for the next request must not delay it.
    await (await fetch(`${await server.origin}/livez`)).text();
    const begun = Date.now();
    server.process.kill(signal);
    const { code, stderr } = await server.outcome;
    expect([code, stderr.split('\n')]).toEqual([
      0,
      ['Stopping; requests in progress are being completed', 'Stopped', ''],
    ]);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});

/** Until a reader's statement waits for the lock. */
async function waiting(client: ReturnType<typeof singleClient>): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(
      `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE NOT l.granted AND d.datname = current_database()`,
    );
    if (rowCount) return;
  }
}

/** What the program printed where it could not begin. */
async function refusal(env: NodeJS.ProcessEnv, uid?: number): Promise<string> {
  const { code, stdout, stderr } = await serve(env, uid).outcome;
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|\w+Error|\.js:\d/);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('Starting '));
  // The message of the system stands apart, on a line of its own.
  const [sentence, ...details] = lines;
  expect(sentence).not.toMatch(/^Details: /);
  expect(details.filter((line) => !/^Details: /.test(line))).toEqual([]);
  expect(details.length).toBeLessThanOrEqual(1);
  return lines.join('\n');
}

describe('a server that cannot start reports why in one sentence, and ends with 1', () => {
  it('where its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const output = await refusal({ PORT: String(port) }).finally(() => other.close());
    expect(output).toContain(`Port ${port} on 127.0.0.1 is in use by another program.`);
  });

  it('where its address is not of this machine', async () => {
    expect(await refusal({ HOST: '203.0.113.9' })).toContain('203.0.113.9');
  });

  it('where settings are wrong, all at once and in the language of the terminal', async () => {
    const output = await refusal({
      PORT: '70000',
      LOCALE_ORDER: 'en,es',
      DATABASE_URL: 'mysql://me:hunter2@x/y',
      LANG: 'es_PE.UTF-8',
    });
    for (const name of ['PORT=70000', 'LOCALE_ORDER=en,es', 'DATABASE_URL']) {
      expect(output).toContain(name);
    }
    expect(output).not.toContain('hunter2');
    expect(output).toMatch(/válid/);
  });

  it.each(['/dev/null/data', '/proc/gateway', '/proc/gateway/data'])(
    'where its folder cannot be: %s',
    async (folder) => {
      expect(await refusal({ DATABASE_URL: '', DATA_DIR: folder })).toContain(folder);
    },
  );

  it('where its folder may not be written to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-unwritable-'));
    const isRoot = process.getuid?.() === 0;
    // Only root can be someone else; others cannot write to the root folder anyway.
    const dataDir = isRoot ? join(folder, 'data') : '/gateway-data';
    const output = await refusal(
      { DATABASE_URL: '', DATA_DIR: dataDir },
      isRoot ? 65_534 : undefined,
    );
    await rm(folder, { recursive: true });
    expect(output).toContain(dataDir);
  });

  it('where its database does not respond', async () => {
    const output = await refusal({
      DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:9/gateway',
      DATABASE_WAIT_MS: '100',
    });
    expect(output).toContain('127.0.0.1:9');
    expect(output).not.toContain('hunter2');
  });
});
