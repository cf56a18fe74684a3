import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { TestPostgres } from '../support/postgres.js';
import { type Served, serveBuilt } from '../support/served.js';

/** `DATABASE_KILLS=10` is for the whole experiment; the suite is content with fewer. */
const KILLS = Number(process.env['DATABASE_KILLS'] ?? 2);
const CONNECTIONS = 64;
/** How long the database is away and how long it is there, besides what its own start takes. */
const AWAY_MS = 1_000;
const THERE_MS = 1_500;

const QUERIES = [
  '{ releases(first: 20) { totalCount nodes { number localized(languages: ["fr"], audience: "HT") { title { value } } } } }',
  '{ releases(first: 5, search: "education") { nodes { number localized(languages: ["en"]) { title { value } } } } }',
  '{ release(number: "9002/13") { number localized(languages: ["es"]) { title { value isFallback } excerpt(maxLength: 200) { value } } } }',
  '{ release(number: "9002/13") { number localized(languages: ["fr"], audience: "HT") { resolution { trail { locale outcome } } } } }',
];

interface Reply {
  readonly at: number;
  readonly took: number;
  readonly query: number;
  readonly status: number;
  readonly retryAfter: boolean;
  readonly text: string;
}

let postgres: TestPostgres;
let server: Served;
let origin = '';
/** The response to each query while all is well; nothing is written during the experiment. */
let known: readonly string[] = [];

const isRight = ({ status, query, text }: Reply) => status === 200 && text === known[query];

beforeAll(async () => {
  postgres = await TestPostgres.start();
  server = serveBuilt({ DATABASE_URL: postgres.url, DEMO: '1', LOG_LEVEL: 'silent' });
  origin = await server.origin;
}, 240_000);
afterAll(async () => {
  if (server.process.exitCode === null) server.process.kill('SIGTERM');
  await server.outcome;
  await postgres.remove();
}, 240_000);

function send(agent: Agent, query: number): Promise<Reply> {
  const at = performance.now();
  const payload = JSON.stringify({ query: QUERIES[query] });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
    'accept-language': 'fr',
  };
  return new Promise((resolve) => {
    const done = (status: number, text: string, retryAfter = false) => {
      const took = performance.now() - at;
      resolve({ at, took, query, status, retryAfter, text });
    };
    const sent = request(`${origin}/graphql`, { agent, method: 'POST', headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      reply.on('end', () => {
        done(reply.statusCode ?? 0, text, reply.headers['retry-after'] !== undefined);
      });
      reply.on('error', (error) => done(0, error.message));
    });
    // Only a response counts: a connection that is cut is wrong.
    sent.on('error', (error) => done(0, error.message));
    sent.end(payload);
  });
}

/** Readers who send the next request as soon as they have a response. */
function load(agent: Agent): { met: Reply[]; end(): Promise<void> } {
  const met: Reply[] = [];
  let going = true;
  const reader = async (first: number) => {
    for (let i = first; going; i += 1) {
      const reply = await send(agent, i % QUERIES.length);
      met.push(reply);
      if (!isRight(reply)) await pause(20);
    }
  };
  const readers = Array.from({ length: CONNECTIONS }, (_, i) => reader(i));
  const end = async () => {
    going = false;
    await Promise.all(readers);
  };
  return { met, end };
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition();) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await pause(5);
  }
}

/** @returns how long readers waited for a good response once the database took logins again, in seconds */
async function killAndRestart(met: readonly Reply[]): Promise<number> {
  await postgres.signal('SIGKILL');
  await pause(AWAY_MS);
  await postgres.startAgain();
  const up = performance.now();
  // The four queries, each read anew: a response that was cached during the outage proves nothing.
  const recovered = () =>
    QUERIES.every((_, query) =>
      met.some((one) => one.query === query && isRight(one) && one.at > up),
    );
  await until(recovered);
  const seconds = (performance.now() - up) / 1000;
  await pause(THERE_MS);
  return seconds;
}

it(
  'a database that is killed again and again under load is survived: each response is right or a refusal with a code',
  async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const first = await Promise.all(QUERIES.map((_, i) => send(agent, i)));
    known = first.map(({ text }) => text);
    expect(first.map(({ status, text }) => [status, text.includes('"errors"')])).toEqual(
      QUERIES.map(() => [200, false]),
    );
    const { pid } = server.process;
    const readers = load(agent);
    const { met } = readers;
    await until(() => met.length > 200);
    const seconds: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) seconds.push(await killAndRestart(met));
    const settledAt = performance.now();
    await until(() => met.filter(({ at }) => at > settledAt).length > 500);
    await readers.end();
    agent.destroy();

    const good = met.filter(isRight);
    const refused = met.filter((one) => !isRight(one) && isRefusal(one));
    const wrong = met.filter((one) => !isRight(one) && !isRefusal(one));
    const maxMs = met.reduce((max, { took }) => Math.max(max, took), 0);
    process.stderr.write(
      `database killed ${KILLS} times under ${CONNECTIONS} connections: ${met.length} answers, ` +
        `right ${good.length}, refused as SERVICE_UNAVAILABLE ${refused.length} ` +
        `(with status 503 ${refused.filter(({ status }) => status === 503).length}, ` +
        `with Retry-After ${refused.filter(({ retryAfter }) => retryAfter).length}), ` +
        `anything else ${wrong.length}; good again ${Math.max(...seconds).toFixed(2)} s at most after the ` +
        `database was (${seconds.map((one) => one.toFixed(2)).join(', ')}); ` +
        `slowest response ${(maxMs / 1000).toFixed(2)} s; process restarts 0\n`,
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(met.filter((one) => one.at > settledAt && !isRight(one))).toEqual([]);
    expect(Math.max(...seconds)).toBeLessThan(3);
    expect(maxMs).toBeLessThan(5_000);
    expect([server.process.pid, server.process.exitCode, server.process.signalCode]).toEqual([
      pid,
      null,
      null,
    ]);
  },
  60_000 + KILLS * 20_000,
);

/** Reports the problem in words for readers and with a code for programs, without internals. */
function isRefusal({ status, text }: Reply): boolean {
  if (status !== 200 && status !== 503) return false;
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  const codes = errors.map(({ extensions }) => extensions.code);
  const isSafe = !/ECONN|127\.0\.0\.1|postgres|terminat|\.js:/i.test(text);
  return isSafe && codes.length > 0 && codes.every((code) => code === 'SERVICE_UNAVAILABLE');
}
