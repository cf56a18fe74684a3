import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { TestPostgres } from '../support/postgres.js';
import { type Served, serveBuilt } from '../support/served.js';

const OUTAGE_MS = 30_000;
const PER_SECOND = 50;

let postgres: TestPostgres;
let server: Served;

beforeAll(async () => {
  postgres = await TestPostgres.start();
  server = serveBuilt({
    DATABASE_URL: postgres.url,
    DEMO: '1',
    ANSWER_CACHE_MB: '0',
    READ_MODEL_MB: '0',
    OVERLOAD_DELAY_MS: '0',
  });
  await server.origin;
}, 240_000);
afterAll(async () => {
  if (server.process.exitCode === null) server.process.kill('SIGTERM');
  await server.outcome;
  await postgres.remove();
}, 60_000);

async function statusOf(origin: string): Promise<number> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ releases(first: 5) { nodes { number } } }' }),
  });
  await response.text();
  return response.status;
}

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly more?: number;
}

it('an outage of 30 s under 50 requests a second takes a few lines of the log', async () => {
  const origin = await server.origin;
  expect(await statusOf(origin)).toBe(200);
  await postgres.signal('SIGKILL');
  const statuses: Promise<number>[] = [];
  for (const end = performance.now() + OUTAGE_MS; performance.now() < end;) {
    statuses.push(statusOf(origin));
    await pause(1_000 / PER_SECOND);
  }
  const met = await Promise.all(statuses);
  await postgres.startAgain();
  while ((await statusOf(origin)) !== 200) await pause(100);
  // What was left out is counted once the minute is over.
  await server.untilOutput('more like it');
  server.process.kill('SIGTERM');
  const { stderr } = await server.outcome;
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  const shown = lines.map((line) => {
    const { level, msg } = JSON.parse(line) as Line;
    return `  ${level} ${msg}\n`;
  });
  process.stderr.write(
    `outage of ${OUTAGE_MS / 1_000} s: ${met.length} requests, ` +
      `${met.filter((status) => status === 503).length} times 503; ` +
      `log: ${lines.length} lines, ${stderr.length} bytes\n${shown.join('')}`,
  );
  expect(new Set(met)).toEqual(new Set([503]));
  expect(lines.length).toBeLessThan(20);
}, 240_000);
