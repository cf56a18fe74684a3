import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { publish } from '../../src/features/publication/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import { aRelease } from '../support/a-release.js';
import { gateway } from '../support/command-line.js';
import { Copy } from '../support/copy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { type Served, serveBuilt } from '../support/served.js';

const WRITERS = 8;
const EACH = 25;

let test: TestDatabase;
let servers: Served[] = [];
let origins: string[] = [];
let token = '';

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  const env = { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1', LOG_LEVEL: 'warn' };
  servers = [serveBuilt(env), serveBuilt(env)];
  origins = await Promise.all(servers.map(({ origin }) => origin));
  token = (await gateway(['token', '--role', 'editor'], env)).stdout.trim();
}, 180_000);
afterAll(async () => {
  for (const { process: child } of servers) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(servers.map(({ outcome }) => outcome));
  await test.drop();
});

async function request<T>(origin: string, query: string, variables: object, headers = {}) {
  const reply = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await reply.json()) as { data: T; errors?: [] };
  return { status: reply.status, headers: {}, data, errors };
}

/** Ready to be published. */
async function write(numbers: readonly string[]): Promise<Map<string, string>> {
  const { dataSource } = test.database;
  const cache = new ReferenceCache();
  for (const number of numbers) {
    const text = { title: number, body: [number] };
    const story = aRelease(number).in('EN', text).in('ES', text).in('FR', text).in('PT', text);
    await replayStory(dataSource, cache, story.story(), 'test');
  }
  const rows = await dataSource.query<{ id: string; number: string }[]>(
    'SELECT id, number FROM authoring.release',
  );
  return new Map(rows.map(({ id, number }) => [number, id]));
}

async function publishAt(origin: string, id: string): Promise<void> {
  const { data, errors } = await request<{ publish: { __typename: string } }>(
    origin,
    'mutation ($input: PublishInput!) { publish(input: $input) { __typename } }',
    { input: { releaseId: globalId('EditorialRelease', id) } },
    { authorization: `Bearer ${token}` },
  );
  if (data?.publish?.__typename !== 'EditionPayload')
    throw new Error(JSON.stringify([data, errors]));
}

/** In a process of its own: everything is written but the change log, and then nothing happens until `released`. */
async function publishHeld(id: string, released: Promise<void>): Promise<void> {
  await withTransaction(test.database.dataSource, async (manager) => {
    const query = manager.query.bind(manager);
    manager.query = async <T>(text: string, values?: unknown[]): Promise<T> => {
      if (text.includes('UPDATE published.change_log_head')) await released;
      return query<T>(text, values);
    };
    const reference = await new ReferenceCache().load(queryableOf(manager));
    await publish(manager, reference, { releaseId: id, locales: null, waivers: [], by: 'test' });
  });
}

interface Seen {
  readonly numbers: readonly string[];
  readonly syncs: number;
}

/** Syncs without pause, now from one server and now from the other, until once more after the writers are done. */
async function read(
  isDone: () => boolean,
  language: string,
  first: number,
  ready: () => void,
): Promise<Seen> {
  let turn = 0;
  const copy = new Copy(
    (query, { variables = {} } = {}) =>
      request(origins[turn++ % origins.length] ?? '', query, variables),
    { languages: [language] },
  );
  await copy.sync();
  ready();
  const before = copy.changes.length;
  let syncs = 0;
  for (let last = false; !last; syncs += 1) {
    last = isDone();
    await copy.sync(first);
  }
  return { numbers: copy.changes.slice(before).map(({ number }) => number), syncs };
}

async function race(name: string, year: number, held: boolean): Promise<void> {
  const numbers = Array.from({ length: WRITERS * EACH }, (_, index) => `${1_000 + index}/${year}`);
  const late = held ? [`9999/${year}`] : [];
  const ids = await write([...numbers, ...late]);
  let done = false;
  const readers: Promise<Seen>[] = [];
  const pages: [string, number][] = [
    ['en', 100],
    ['es', 7],
    ['fr', 20],
    ['pt', 50],
  ];
  for (const [language, first] of pages) {
    await new Promise<void>((ready) => readers.push(read(() => done, language, first, ready)));
  }
  const client = new LiveClient(`${origins[1]}/graphql`, { languages: ['en'] }).overSocket();
  await client.until(({ pages }) => pages.length === 1);
  const startedAt = Date.now();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const holding = late.map((number) => publishHeld(ids.get(number) ?? '', released));
  let published = 0;
  const writing = Array.from({ length: WRITERS }, async (_, writer) => {
    for (const number of numbers.slice(writer * EACH, (writer + 1) * EACH)) {
      await publishAt(origins[writer % 2] ?? '', ids.get(number) ?? '');
      published += 1;
      if (published === numbers.length / 2) release();
    }
  });
  await Promise.all(writing);
  const othersMs = Date.now() - startedAt;
  await Promise.all(holding);
  done = true;
  const seen = await Promise.all(readers);
  const all = [...numbers, ...late];
  await client.until(({ changes }) => changes.length >= all.length);
  client.stop();
  const views = [...seen, { numbers: client.numbers, syncs: client.pages.length }];
  const missed = views.flatMap((view) => all.filter((number) => !view.numbers.includes(number)));
  const doubled = views.reduce((sum, view) => {
    return sum + view.numbers.length - new Set(view.numbers).size;
  }, 0);
  const counts = views.map((view) => view.numbers.length).join(', ');
  process.stderr.write(
    `sync, ${name}: ${all.length} changes written by ${WRITERS + holding.length} writers in ${othersMs} ms` +
      `${held ? ' and one more, held open until half of them were' : ''}; seen by 4 readers and a subscriber: ${counts}, ` +
      `in ${views.map(({ syncs }) => syncs).join(', ')} syncs (pages); missed ${missed.length}, doubled ${doubled}\n`,
  );
  expect(missed).toEqual([]);
  expect(doubled).toBe(0);
  const log = await test.database.dataSource.query<{ number: string }[]>(
    `SELECT number FROM published.change_log WHERE number LIKE '%/${year}' ORDER BY seq`,
  );
  expect(client.numbers).toEqual(log.map(({ number }) => number));
  // The transaction that was held open stood in nobody's way.
  if (held) expect(client.numbers.indexOf(late[0] ?? '')).toBeGreaterThan(all.length / 4);
}

it('8 writers on two processes: no change is missed or doubled', () => {
  return race('8 writers on two processes', 12, false);
}, 240_000);

it('the same with a transaction that is held open before its last statement', () => {
  return race('with one transaction held open', 13, true);
}, 240_000);
