import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { stopServer } from '../../src/platform/db/embedded/control.js';
import { prepareDataFolder } from '../../src/platform/db/embedded/place.js';
import {
  ensureRunning,
  type RunningServer,
  withServerLock,
} from '../../src/platform/db/embedded/server.js';
import { byHash } from '../support/persisted.js';
import { readOperationFile } from '../support/ready-operations.js';
import { type Served, serveBuilt } from '../support/served.js';

/** What one reader met, and when. */
interface Met {
  readonly at: number;
  readonly took: number;
  /** `ok`, or the code of the error. */
  readonly what: string;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

let folder: string;
let dataDir: string;
let postgres: RunningServer;
let server: Served;

const start = () => withServerLock(dataDir, () => ensureRunning(dataDir, { durable: false }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oas-gateway-outage-'));
  await chmod(folder, 0o755);
  dataDir = await prepareDataFolder(join(folder, 'data'));
  postgres = await start();
  server = serveBuilt({
    DATABASE_URL: postgres.url('gateway'),
    DEMO: '1',
    LOG_LEVEL: 'warn',
    READ_POOL_SIZE: '5',
    // The cache serves for a short time longer, perhaps through all of it.
    ANSWER_CACHE_MB: '0',
    READ_MODEL_MB: '0',
    // Of a busy machine nothing is shown here.
    OVERLOAD_DELAY_MS: '0',
  });
  await server.origin;
}, 180_000);
afterAll(async () => {
  if (server.process.exitCode === null) server.process.kill('SIGTERM');
  await server.outcome;
  const record = await readFile(join(dataDir, 'postgres.json'), 'utf8');
  await stopServer(postgres.place.cluster);
  await rm((JSON.parse(record) as { folder?: string }).folder ?? folder, {
    recursive: true,
    force: true,
  });
  await rm(folder, { recursive: true, force: true });
});

async function send(origin: string): Promise<Met> {
  const at = Date.now();
  const query =
    '{ releases(first: 5) { totalCount nodes { number localized { title { value } } } } }';
  const reply = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    body: JSON.stringify({ query }),
  });
  const text = await reply.text();
  const { errors } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  const what = errors?.[0]?.extensions.code ?? 'ok';
  const { status, headers } = reply;
  return { at, took: Date.now() - at, what, text, status, retryAfter: headers.get('retry-after') };
}

function idOf(operation: string): string {
  const { operations } = JSON.parse(readOperationFile('persisted-query-manifest.json')) as {
    operations: { id: string; name: string }[];
  };
  return operations.find(({ name }) => name === operation)?.id ?? '';
}

/** Everything else that the public reads; a persisted operation and both media types of GraphQL by GET. */
const QUERY = encodeURIComponent('{ releases { totalCount } }');
const PATHS: readonly (readonly [path: string, accept: string])[] = [
  [`/graphql?query=${QUERY}`, 'application/json'],
  [`/graphql?query=${QUERY}`, 'application/graphql-response+json'],
  [`/graphql?extensions=${encodeURIComponent(JSON.stringify(byHash(idOf('ReleaseList'))))}`, '*/*'],
  ['/feeds/fr.atom', '*/*'],
  ['/feeds/es/HT.rss', '*/*'],
  ['/sitemap.xml', '*/*'],
];
const UNAVAILABLE = {
  status: 503,
  retryAfter: '5',
  cacheControl: 'no-store',
  code: 'SERVICE_UNAVAILABLE',
};

async function outageOf(origin: string, [path, accept]: (typeof PATHS)[number]) {
  const response = await fetch(`${origin}${path}`, { headers: { accept } });
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    cacheControl: response.headers.get('cache-control'),
    code: errors[0]?.extensions.code,
  };
}

/** Some readers, each of whom sends the next request after the last response. */
function stream(origin: string): { met: Met[]; end(): Promise<void> } {
  const met: Met[] = [];
  let going = true;
  const reader = async () => {
    while (going) {
      met.push(await send(origin));
      await pause(10);
    }
  };
  const readers = Array.from({ length: 8 }, reader);
  const end = async () => {
    going = false;
    await Promise.all(readers);
  };
  return { met, end };
}

async function until(condition: () => boolean, ms: number): Promise<void> {
  for (const deadline = Date.now() + ms; !condition();) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await pause(20);
  }
}

it('a database that goes away and comes back is survived without a restart', async () => {
  const origin = await server.origin;
  const ready = async () => (await fetch(`${origin}/readyz`)).status;
  const readers = stream(origin);
  const { met } = readers;
  await until(() => met.filter(({ what }) => what === 'ok').length > 50, 20_000);

  const stoppedAt = Date.now();
  await stopServer(postgres.place.cluster);
  const downAt = Date.now();
  await until(() => met.filter(({ at }) => at > downAt).length > 50, 20_000);
  expect([await ready(), (await fetch(`${origin}/livez`)).status]).toEqual([503, 200]);
  for (const path of PATHS) expect(await outageOf(origin, path)).toEqual(UNAVAILABLE);

  const again = await start();
  const upAt = Date.now();
  expect(again.port).toBe(postgres.port);
  await until(() => met.some(({ at, what }) => at > upAt && what === 'ok'), 20_000);
  const recoveredAt = Date.now();
  await until(() => met.filter(({ at }) => at > recoveredAt).length > 100, 20_000);
  await readers.end();

  expect(await ready()).toBe(200);
  expect(server.process.exitCode).toBeNull();
  const faults = met.filter(({ what }) => what !== 'ok');
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set(['SERVICE_UNAVAILABLE']));
  for (const { text, status, retryAfter } of faults) {
    // A request that the cut met half-way has part of its data.
    const isPartial = (JSON.parse(text) as { data?: { releases: object } | null }).data?.releases;
    expect([status, retryAfter]).toEqual(isPartial ? [200, null] : [503, '5']);
    expect(text).toContain('base de données');
    expect(text).not.toMatch(/ECONN|127\.0\.0\.1|postgres|terminat|\.js:/i);
  }
  // Requests meanwhile are refused at once, and requests after it are served.
  expect(Math.max(...faults.map(({ took }) => took))).toBeLessThan(3_000);
  expect(faults.filter(({ at }) => at < stoppedAt - 1_000)).toEqual([]);
  expect(recoveredAt - upAt).toBeLessThan(3_000);
  expect(met.filter(({ at, what }) => at > recoveredAt && what !== 'ok')).toEqual([]);
  server.process.kill('SIGTERM');
  const { stderr } = await server.outcome;
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  // One for each of the few places that use the database, however many requests there were.
  expect(lines.length).toBeLessThan(20);
  expect(lines.filter((line) => line.includes('A query met an error'))).toHaveLength(1);
  process.stderr.write(
    `outage log: ${lines.length} lines, ${stderr.length} bytes\noutage: ${met.length} queries, ${faults.length} refused, the slowest of these after ` +
      `${Math.max(...faults.map(({ took }) => took))} ms; down ${upAt - stoppedAt} ms, ` +
      `first answer ${recoveredAt - upAt} ms after the database was up\n`,
  );
}, 240_000);
