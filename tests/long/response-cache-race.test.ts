import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { MarkedRelease } from '../support/marked-editions.js';
import { sample } from '../support/metrics.js';
import { eventually } from '../support/publishing.js';
import { type Served, serveBuilt } from '../support/served.js';
import { type Shown, Staleness } from '../support/staleness.js';

/** 1000 by hand: `RACE_CHANGES=1000`. */
const CHANGES = Number(process.env['RACE_CHANGES'] ?? 60);
const RELEASES = 20;
const CONNECTIONS = 64;
const WRITERS = 2;
/** The first change is not made before so many cache hits. */
const WARM_HITS = 1_000;
/** Reading goes on for so long after the last change. */
const AFTER_MS = 2_500;

const TEXTS = `number edition
  en: localized(languages: ["en"]) { title { value } body { plainText } }
  es: localized(languages: ["es"]) { title { value } body { plainText } }`;
const DETAIL = `query Detail($number: String) { release(number: $number) { ${TEXTS} } }`;
const LIST = `query List { releases(first: ${RELEASES}) { nodes { ${TEXTS} } } }`;

let test: TestDatabase;
let servers: Served[] = [];
let origins: string[] = [];

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  const env = { DATABASE_URL: test.ownerUrl, LOG_LEVEL: 'warn', METRICS_PORT: '0' };
  servers = [serveBuilt(env), serveBuilt(env)];
  origins = await Promise.all(servers.map(({ origin }) => origin));
}, 180_000);
afterAll(async () => {
  for (const { process: child } of servers) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(servers.map(({ outcome }) => outcome));
  await test.drop();
});

/** Those that change are newer than as many that never do, so that the list always has room for all of them. */
async function writeReleases(): Promise<MarkedRelease[]> {
  const { dataSource } = test.database;
  const cache = new ReferenceCache();
  const releases: MarkedRelease[] = [];
  for (let index = 0; index < RELEASES; index += 1) {
    const old = aRelease(`${2_000 + index}/15`)
      .dated('2015-01-01')
      .in('EN')
      .in('ES')
      .published();
    await replayStory(dataSource, cache, old.story(), 'test');
    const release = new MarkedRelease(`${1_000 + index}/15`, index, dataSource, cache);
    await release.begin(`2015-02-${10 + (index % 5)}`);
    releases.push(release);
  }
  return releases;
}

/** A request of readers, and the releases that its response is about. */
interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
  readonly about: readonly MarkedRelease[];
}

function questionsOn(releases: readonly MarkedRelease[]): Question[] {
  const both = (query: string, variables: object, about: readonly MarkedRelease[]): Question[] => {
    const parts = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    const body = JSON.stringify({ query, variables });
    return [
      { method: 'POST', path: '/graphql', body, about },
      { method: 'GET', path: `/graphql?${parts.toString()}`, body: '', about },
    ];
  };
  return releases.flatMap((release) => [
    ...both(DETAIL, { number: release.number }, [release]),
    // As many lists as details of one release.
    ...both(LIST, {}, releases),
  ]);
}

const HEADERS = { 'content-type': 'application/json' };

/** A response over a connection that stays open. */
function send(agent: Agent, origin: string, { method, path, body }: Question): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { agent, method, headers: HEADERS }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      reply.on('error', reject).on('end', () => {
        if (reply.statusCode === 200) resolve(text);
        else reject(new Error(`${reply.statusCode}: ${text}`));
      });
    });
    sent.on('error', reject).end(body);
  });
}

interface Data {
  readonly release?: (Shown & { readonly number: string }) | null;
  readonly releases?: { readonly nodes: readonly (Shown & { readonly number: string })[] };
}

function shownIn(text: string): Map<string, Shown> {
  const { data, errors } = JSON.parse(text) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(text);
  const nodes = data.releases?.nodes ?? (data.release ? [data.release] : []);
  return new Map(nodes.map((node) => [node.number, node]));
}

/** One connection, which sends requests without pause. */
async function read(
  place: number,
  questions: readonly Question[],
  staleness: Staleness,
  isDone: () => boolean,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const origin = origins[place % origins.length] ?? '';
  for (let turn = place * 7; !isDone(); turn += 1) {
    const question = questions[turn % questions.length];
    if (!question) throw new Error('there is no request');
    const sentAt = performance.now();
    const text = await send(agent, origin, question);
    staleness.judge(question.about, shownIn(text), sentAt);
  }
  agent.destroy();
}

async function hits(): Promise<number> {
  const counts = servers.map(async ({ metrics }) => {
    const text = await (await fetch(await metrics)).text();
    const labels = { layer: 'answer', result: 'hit' };
    return sample(text, 'gateway_cache_requests_total', labels) ?? 0;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** Each writer has releases of its own, and makes one change after another. */
async function changeAll(releases: readonly MarkedRelease[]): Promise<void> {
  let left = CHANGES;
  const writing = Array.from({ length: WRITERS }, async (_, writer) => {
    const own = releases.filter((_, index) => index % WRITERS === writer);
    for (let turn = 0; left > 0; turn += 1) {
      left -= 1;
      await own[turn % own.length]?.change();
    }
  });
  await Promise.all(writing);
}

function line(
  staleness: Staleness,
  kinds: readonly string[],
  { hits, cold, ms }: { hits: number; cold: number; ms: number },
): string {
  const { responses, outdated, retracted, inconsistent, late, latestMs } = staleness;
  const count = (kind: string) => kinds.filter((found) => found === kind).length;
  const seconds = ms / 1_000;
  return (
    `response cache: ${kinds.length} changes (${count('CORRECTION')} corrections, ` +
    `${count('PARTIAL_RETRACTION')} partial and ${count('RETRACTION')} whole retractions, ` +
    `${count('REPUBLICATION')} republications) in ${seconds.toFixed(1)} s; ` +
    `${responses} responses to ${CONNECTIONS} connections on two processes, ${hits} of them from the cache ` +
    `(and about ${cold} made before it was warm); ` +
    `older than 1 s after the acknowledgement: ${outdated}; with a retracted text 1 s after its ` +
    `retraction: ${retracted}; inconsistent: ${inconsistent}; requested after an acknowledgement and not showing ` +
    `it yet: ${late}, at most ${latestMs.toFixed(1)} ms after it\n`
  );
}

/** @returns how many responses were cache hits from the first change on, and how long the changes took */
async function changeOnceWarm(
  releases: readonly MarkedRelease[],
  staleness: Staleness,
): Promise<{ hits: number; cold: number; ms: number }> {
  await eventually(async () => (await hits()) >= WARM_HITS, 120_000);
  const [before, cold] = [await hits(), staleness.responses];
  staleness.responses = 0;
  const startedAt = performance.now();
  await changeAll(releases);
  const ms = performance.now() - startedAt;
  await pause(AFTER_MS);
  return { hits: (await hits()) - before, cold: cold - before, ms };
}

it('a cached response is never outdated or retracted 1 s after the acknowledgement, on two processes', async () => {
  const releases = await writeReleases();
  const questions = questionsOn(releases);
  const staleness = new Staleness();
  let done = false;
  const reading = Array.from({ length: CONNECTIONS }, (_, place) => {
    return read(place, questions, staleness, () => done);
  });
  const changing = changeOnceWarm(releases, staleness).finally(() => (done = true));
  const [race] = await Promise.all([changing, ...reading]);
  const kinds = releases.flatMap(({ states }) => states.slice(1).map(({ by }) => by));
  process.stderr.write(line(staleness, kinds, race));

  expect(kinds).toHaveLength(CHANGES);
  expect(new Set(kinds).size).toBe(4);
  expect(staleness.responses).toBeGreaterThan(1_000);
  // Otherwise it would prove nothing about the cache.
  expect(race.hits).toBeGreaterThan(staleness.responses / 4);
  expect(staleness).toMatchObject({ outdated: 0, retracted: 0, inconsistent: 0 });
}, 900_000);
