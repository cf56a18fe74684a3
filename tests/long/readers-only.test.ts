import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { developmentTokens } from '../../src/cli/authenticator.js';
import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { openDatabase } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { testSettings } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { TestPostgres } from '../support/postgres.js';
import { type Served, serveBuilt } from '../support/served.js';
import { CREATE } from '../support/staff-documents.js';

const READ = '{ releases { totalCount } }';

let primary: TestPostgres;
let replica: TestPostgres;
let env: NodeJS.ProcessEnv;
let authorization: string;
const started: Served[] = [];

const openIt = () =>
  openDatabase({ ...testSettings(primary.url), databaseUrl: primary.url }, { entities: ENTITIES });

async function publish(n: number): Promise<void> {
  const database = await openIt();
  const story = aRelease(`${n}/20`).in('EN').published().story();
  await replayStory(database.dataSource, new ReferenceCache(), story, 'test');
  await database.close();
}

beforeAll(async () => {
  primary = await TestPostgres.start();
  const database = await openIt();
  // A node was there before: it has made what nodes share.
  const bearer = { subject: 'editor', name: 'Inés', roles: ['EDITOR'], locales: null } as const;
  authorization = `Bearer ${await (await developmentTokens(database)).make(bearer, 3_600)}`;
  await database.close();
  env = { DATABASE_URL: primary.url, DEV_TOKENS: '1', READ_MODEL_MB: '0', ANSWER_CACHE_MB: '0' };
  const before = serve();
  await before.origin;
  before.process.kill('SIGTERM');
  await before.outcome;
  await publish(1);
  replica = await primary.replica();
  env = { ...env, DATABASE_REPLICA_URLS: replica.bareUrl };
}, 240_000);
afterAll(async () => {
  for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(started.map(({ outcome }) => outcome));
  await replica.remove();
  await primary.remove();
}, 240_000);

function serve(settings: NodeJS.ProcessEnv = {}): Served {
  const server = serveBuilt({ ...env, ...settings });
  started.push(server);
  return server;
}

interface Reply {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly data?: Record<string, { __typename?: string; totalCount?: number }> | null;
  readonly errors?: readonly { extensions: { code: string } }[];
}

async function send(origin: string, body: object, headers: object = {}): Promise<Reply> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const result = (await response.json()) as Pick<Reply, 'data' | 'errors'>;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...result };
}

const create = (origin: string, number: string) => {
  const segments = [
    { kind: 'TITLE', text: 'Un título' },
    { kind: 'PARAGRAPH', text: 'Un párrafo.' },
  ];
  const facts = { number, type: 'PRESS_RELEASE', date: '2026-05-01', originalLocale: 'ES' };
  const variables = { input: { ...facts, segments } };
  return send(origin, { query: CREATE, variables }, { authorization });
};

const readiness = async (origin: string) => {
  const response = await fetch(`${origin}/readyz`);
  const { status, readersOnly } = (await response.json()) as Record<string, unknown>;
  return { code: response.status, status, readersOnly };
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await condition());) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await pause(50);
  }
}

const UNAVAILABLE = {
  status: 503,
  retryAfter: '5',
  errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
};

it('starts for readers from a replica while the primary is away, and does everything once it is back', async () => {
  await primary.signal('SIGKILL');
  const begun = performance.now();
  const node = serve();
  const origin = await node.origin;
  const startMs = performance.now() - begun;

  expect(await send(origin, { query: READ })).toMatchObject({
    status: 200,
    data: { releases: { totalCount: 1 } },
  });
  expect((await fetch(`${origin}/feeds/en.atom`)).status).toBe(200);
  expect((await fetch(`${origin}/sitemap.xml`)).status).toBe(200);
  expect(await create(origin, '701/26')).toMatchObject(UNAVAILABLE);
  const worklist = { query: '{ worklist { totalCount } }' };
  expect(await send(origin, worklist, { authorization })).toMatchObject(UNAVAILABLE);
  expect(await readiness(origin)).toEqual({ code: 200, status: 'ok', readersOnly: true });
  await node.untilOutput('this node serves readers only');

  const upAt = performance.now();
  await primary.startAgain();
  await until(async () => (await readiness(origin)).readersOnly === undefined);
  const fullMs = performance.now() - upAt;
  expect(await create(origin, '701/26')).toMatchObject({
    status: 200,
    data: { createRelease: { __typename: 'ReleasePayload' } },
  });
  expect(await send(origin, worklist, { authorization })).toMatchObject({ status: 200 });
  const client = new LiveClient(`${origin}/graphql`, { languages: ['en'] }).overEvents();
  await client.until(({ pages }) => pages.length > 0);
  await publish(2);
  await client.until(({ numbers }) => numbers.includes('2/20'));
  client.stop();
  await until(
    async () => (await send(origin, { query: READ })).data?.['releases']?.totalCount === 2,
  );
  node.process.kill('SIGTERM');
  const { code, stderr } = await node.outcome;
  expect(code).toBe(0);
  process.stderr.write(
    `start with the primary away: readers served after ${Math.round(startMs)} ms; ` +
      `everything ${Math.round(fullMs)} ms after the start of the primary\n${stderr}`,
  );
}, 240_000);

it('is refused where neither is there, and where the replica lacks what this version needs', async () => {
  const nowhere = '127.0.0.1:1/gateway';
  const alone = serve({
    DATABASE_URL: `postgres://gateway@${nowhere}`,
    DATABASE_REPLICA_URLS: `postgres://${nowhere}`,
    DATABASE_WAIT_MS: '500',
  });
  const refusal = await alone.outcome;
  expect(refusal.code).toBeGreaterThan(0);
  expect(refusal.stderr).toContain('cannot be reached');

  const applied = 'SELECT count(*)::int AS migrations FROM platform.migration';
  const [before] = await replica.query<{ migrations: number }>(applied);
  await primary.query(
    'DELETE FROM platform.migration WHERE id = (SELECT max(id) FROM platform.migration)',
  );
  await until(async () => {
    const [now] = await replica.query<{ migrations: number }>(applied);
    return now?.migrations !== before?.migrations;
  });
  await primary.signal('SIGKILL');
  const behind = await serve().outcome;
  expect(behind.code).toBeGreaterThan(0);
  expect(behind.stderr).toContain('lacks migrations of this version');
}, 120_000);
