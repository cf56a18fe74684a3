import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { findFreePort } from '../../src/platform/db/embedded/control.js';
import { aRelease } from '../support/a-release.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { Haproxy } from '../support/haproxy.js';
import { type Served, serveBuilt } from '../support/served.js';

const PER_SECOND = 30;
const QUERY =
  '{ releases(first: 5) { totalCount nodes { number localized { title { value } } } } }';

let test: TestDatabase;
let nodes = new Map<string, Served>();
let haproxy: Haproxy;

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES }, { texts: true });
  const story = aRelease('1/26').in('EN').published().story();
  await replayStory(test.database.dataSource, new ReferenceCache(), story, 'test');
}, 240_000);
afterEach(async () => {
  await haproxy.stop();
  for (const { process: child } of nodes.values()) child.kill('SIGKILL');
  await Promise.all([...nodes.values()].map(({ outcome }) => outcome));
  nodes = new Map();
});
afterAll(() => test.drop());

it.each([
  { workers: 1, drainDelayMs: 2_000 },
  { workers: 2, drainDelayMs: 2_000 },
])(
  'a restart of one node after the other loses no request behind haproxy: %j',
  async ({ workers, drainDelayMs }) => {
    const ports = { a: await findFreePort(undefined), b: await findFreePort(undefined) };
    const start = async (name: 'a' | 'b'): Promise<void> => {
      const node = serveBuilt({
        DATABASE_URL: test.ownerUrl,
        PORT: String(ports[name]),
        WORKERS: String(workers),
        DRAIN_DELAY_MS: String(drainDelayMs),
        LOG_LEVEL: 'warn',
      });
      nodes.set(name, node);
      await node.origin;
    };
    await Promise.all([start('a'), start('b')]);
    haproxy = await Haproxy.start(ports);
    for (const name of ['a', 'b']) await untilStatus(name, 'UP');

    const load = new Load(haproxy.origin);
    await load.untilMore(PER_SECOND);
    for (const name of ['a', 'b'] as const) {
      const node = nodes.get(name);
      node?.process.kill('SIGTERM');
      await untilStatus(name, 'DOWN');
      expect((await node?.outcome)?.code).toBe(0);
      await load.untilMore(PER_SECOND);
      await start(name);
      await untilStatus(name, 'UP');
      await load.untilMore(PER_SECOND);
    }
    await load.stop();

    process.stdout.write(
      `rolling restart of two nodes with ${workers} worker(s) behind haproxy without retries: ` +
        `${load.sent} requests, ${PER_SECOND} a second, failed: ${load.failures.length}\n`,
    );
    expect(load.failures).toEqual([]);
  },
  240_000,
);

async function untilStatus(node: string, status: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; (await haproxy.statusOf(node)) !== status;) {
    if (Date.now() > deadline) throw new Error(`haproxy never found node ${node} ${status}`);
    await pause(50);
  }
}

/** Readers, half of them over connections that stay open, half over new ones; half by GET, half by POST. */
class Load {
  sent = 0;
  readonly failures: string[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
  private readonly pending = new Set<Promise<void>>();
  private readonly timer = setInterval(() => this.sendOne(), 1_000 / PER_SECOND);

  constructor(private readonly origin: string) {}

  /** Waits until so many further requests were sent. */
  async untilMore(count: number): Promise<void> {
    for (const enough = this.sent + count; this.sent < enough;) await pause(25);
  }

  /** Waits for the responses, too. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
    this.agent.destroy();
  }

  private sendOne(): void {
    const index = (this.sent += 1);
    const agent = index % 2 === 0 ? this.agent : false;
    const one: Promise<void> = send(this.origin, index % 4 < 2, agent)
      .catch((error: unknown) => String(error))
      .then((fault) => {
        this.pending.delete(one);
        if (fault !== null) this.failures.push(`request ${index}: ${fault}`);
      });
    this.pending.add(one);
  }
}

/** @returns what is wrong with the response, or null */
async function send(origin: string, byGet: boolean, agent: Agent | false): Promise<string | null> {
  const url = byGet ? `${origin}/graphql?query=${encodeURIComponent(QUERY)}` : `${origin}/graphql`;
  const headers = byGet ? {} : { 'content-type': 'application/json' };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, { method: byGet ? 'GET' : 'POST', headers, agent }, resolve);
    sent.on('error', reject);
    sent.setTimeout(20_000, () => sent.destroy(new Error('no response')));
    sent.end(byGet ? undefined : JSON.stringify({ query: QUERY }));
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isRight = response.statusCode === 200 && text.startsWith('{"data":{"releases":{"total');
  return isRight ? null : `${response.statusCode} ${text.slice(0, 200)}`;
}
