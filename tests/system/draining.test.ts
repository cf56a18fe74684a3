import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { singleClient } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { type Served, serveBuilt } from '../support/served.js';

let test: TestDatabase;
let server: Served;
let origin = '';

beforeEach(async () => {
  test = await createTestDatabase({ entities: ENTITIES }, { texts: true });
}, 240_000);
afterEach(async () => {
  if (server.process.exitCode === null) server.process.kill('SIGKILL');
  await server.outcome;
  await test.drop();
});

async function start(env: NodeJS.ProcessEnv): Promise<void> {
  server = serveBuilt({ DATABASE_URL: test.ownerUrl, LOG_LEVEL: 'warn', ...env });
  origin = await server.origin;
}

/** For a test that stops the server itself, by a second signal. */
const VERY_LONG = { DRAIN_DELAY_MS: '300000' };
const COUNT = '{ releases { totalCount } }';

interface Reply {
  readonly status: number;
  readonly connection: string | undefined;
  readonly text: string;
}

/** Over a connection that the client would leave open. */
async function send(path: string, headers = {}, body?: string): Promise<Reply> {
  const agent = new Agent({ keepAlive: true });
  const method = body === undefined ? 'GET' : 'POST';
  const sent = request(`${origin}${path}`, { method, headers, agent }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  agent.destroy();
  const { statusCode: status = 0, headers: received } = response;
  return { status, connection: received.connection, text: Buffer.concat(chunks).toString() };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (query: string) => send('/graphql', JSON_TYPE, JSON.stringify({ query }));
const get = (query: string, headers = {}) =>
  send(`/graphql?query=${encodeURIComponent(query)}`, headers);

async function untilDraining(): Promise<void> {
  while ((await send('/readyz')).status !== 503);
}

describe.each(['1', '2'])('with %s worker(s), between the signal and the closing', (WORKERS) => {
  it('requests are processed, each on the last use of its connection, and not ready', async () => {
    await start({ ...VERY_LONG, WORKERS });
    const before = await Promise.all([post(COUNT), get(COUNT), send('/livez')]);
    expect(before.map(({ status, connection }) => [status, connection])).toEqual(
      before.map(() => [200, 'keep-alive']),
    );
    server.process.kill('SIGTERM');
    await server.untilOutput('Draining for 300\u00a0s');
    await untilDraining();
    const ready = await send('/readyz');
    expect([ready.status, JSON.parse(ready.text)]).toMatchObject([503, { status: 'draining' }]);

    const executed = await post(`query Executed ${COUNT}`);
    const cached = [await post(COUNT), await get(COUNT)];
    const etag = { 'if-none-match': '*' };
    const unchanged = await get(COUNT, etag);
    const others = await Promise.all([
      send('/livez'),
      send('/feeds/fr.atom'),
      send('/nowhere'),
      post('{ nothing }'),
      send('/graphql', JSON_TYPE, '{'),
      send('/graphql', { accept: 'text/html' }),
    ]);
    expect([executed, ...cached, unchanged, ...others].map(({ status }) => status)).toEqual([
      ...[200, 200, 200, 304],
      ...[200, 200, 404, 400, 400, expect.any(Number)],
    ]);
    for (const { connection } of [ready, executed, ...cached, unchanged, ...others]) {
      expect(connection).toBe('close');
    }
    for (const { text } of [executed, ...cached]) {
      expect(JSON.parse(text)).toEqual({ data: { releases: { totalCount: 0 } } });
    }
    await stopAtOnce();
  }, 240_000);
});

it('the response of a request that was under way closes its connection, too', async () => {
  await start(VERY_LONG);
  const blocker = singleClient(test.ownerUrl);
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE published.release IN ACCESS EXCLUSIVE MODE');
  const response = post(COUNT);
  const waiting = `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                    WHERE NOT l.granted AND d.datname = current_database()`;
  while ((await blocker.query(waiting)).rowCount === 0);
  server.process.kill('SIGTERM');
  await untilDraining();
  await blocker.end();
  expect(await response).toMatchObject({ status: 200, connection: 'close' });
  await stopAtOnce();
}, 240_000);

it('live connections continue until the server closes, and are then asked to resume', async () => {
  // As long as it takes to subscribe and publish on a busy machine; the test waits for its end.
  await start({ DRAIN_DELAY_MS: '10000' });
  const url = `${origin}/graphql`;
  const clients = [
    new LiveClient(url, { languages: ['en'] }).overSocket(),
    new LiveClient(url, { languages: ['en'] }).overEvents(),
  ];
  for (const one of clients) await one.until(({ pages }) => pages.length === 1);
  server.process.kill('SIGTERM');
  await untilDraining();
  const story = aRelease('1/26').in('EN').published().story();
  await replayStory(test.database.dataSource, new ReferenceCache(), story, 'test');
  for (const one of clients) {
    await one.until(({ numbers }) => numbers.length === 1);
    expect([one.numbers, one.connections, one.closed, one.errors]).toEqual([['1/26'], 1, [], []]);
    one.reconnects = false;
  }
  const [socket, stream] = clients;
  await socket?.until(({ closed }) => closed.length > 0);
  expect(socket?.closed).toEqual([1001]);
  expect((await server.outcome).code).toBe(0);
  expect([socket?.isComplete, stream?.isComplete]).toEqual([false, false]);
  for (const one of clients) one.stop();
}, 240_000);

/** A second signal. One that comes within a second counts as the first one. */
async function stopAtOnce(): Promise<void> {
  const { process: child, outcome } = server;
  const again = setInterval(() => child.kill('SIGTERM'), 100);
  const { code } = await outcome;
  clearInterval(again);
  expect(code).toBe(143);
  await expect(send('/livez')).rejects.toThrow();
}
