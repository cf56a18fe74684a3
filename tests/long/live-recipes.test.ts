import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { RecipeApp, recipeOf, RECIPES } from '../support/live-recipes.js';
import { SnippetApp } from '../support/live-snippet.js';
import { type Served, serveBuilt } from '../support/served.js';
import { Staff } from '../support/staff.js';

const READER = { languages: ['fr'], audience: 'HT' };
/** Published before the apps start, and corrected or retracted later. */
const SEEDS = Array.from({ length: 30 }, (_, index) => `${index + 1}/19`);

let test: TestDatabase;
let server: Served;
let staff: Staff;
let port = '0';
const SNIPPET = 'the snippet of the docs';
const apps = new Map<string, RecipeApp | SnippetApp>();
/** What was published, as `REASON number`, in order. */
const published: string[] = [];

const describeChange = ({ reason, number }: { reason: string; number: string }) =>
  `${reason} ${number}`;
const url = () => `http://127.0.0.1:${port}/graphql`;

async function startServer(): Promise<void> {
  server = serveBuilt({ DATABASE_URL: test.ownerUrl, LOG_LEVEL: 'warn', PORT: port });
  port = new URL(await server.origin).port;
}

async function stopServer(signal: NodeJS.Signals): Promise<void> {
  server.process.kill(signal);
  await server.outcome;
}

const give = (number: string) =>
  replayStory(
    test.database.dataSource,
    new ReferenceCache(),
    aRelease(number).in('EN').in('FR').published().story(),
    'test',
  );

/** Each change is of a release of its own, so that no two become one. */
async function publishOne(): Promise<void> {
  const index = published.length;
  const seed = SEEDS[Math.floor(index / 2)] ?? '';
  const number = index % 2 === 0 ? `${index + 1}/20` : seed;
  if (index % 2 === 0) {
    await give(number);
    published.push(`PUBLISHED ${number}`);
  } else if (index % 4 === 1) {
    const text = { title: 'Titre corrigé', body: ['Texte.', 'Fin.'] };
    await staff.translate(number, 'FR', text, 'APPROVED');
    await staff.publish(number);
    published.push(`UPDATED ${number}`);
  } else {
    await staff.retract(number);
    published.push(`RETRACTED ${number}`);
  }
}

async function publish(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await publishOne();
}

/** Changes before, while the server ends, while it is down, while it starts, and afterwards. */
async function restart(signal: NodeJS.Signals): Promise<void> {
  await publish(8);
  await Promise.all([publish(6), stopServer(signal)]);
  await publish(6);
  await Promise.all([publish(4), startServer()]);
  await publish(6);
}

async function untilAllHave(change: string): Promise<void> {
  const has = ({ applied }: { applied: RecipeApp['applied'] }) =>
    applied.some((one) => describeChange(one) === change);
  await Promise.all([...apps.values()].map((app) => app.until(has)));
}

/** The copy of an app that starts now. */
async function freshCopy(): Promise<unknown[]> {
  const fresh = new RecipeApp(await recipeOf('graphql-ws', url(), READER));
  await fresh.until(({ isUpToDate }) => isUpToDate);
  await fresh.stop();
  return fresh.releases();
}

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  staff = new Staff(test.database);
  for (const number of SEEDS) await give(number);
  await startServer();
  for (const name of RECIPES) {
    const app = new RecipeApp(await recipeOf(name, url(), READER));
    apps.set(name, app);
    await app.until(({ isLive }) => isLive);
  }
  const snippet = new SnippetApp();
  await snippet.start(url(), (await recipeOf('graphql-ws', url(), READER)).transport);
  apps.set(SNIPPET, snippet);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await restart(signal);
    await untilAllHave(published.at(-1) ?? '');
  }
}, 240_000);
afterAll(async () => {
  await Promise.all([...apps.values()].map((app) => app.stop()));
  await stopServer('SIGTERM');
  await test.drop();
});

describe('a copy over two restarts of the server, while releases are published', () => {
  it.each([...RECIPES, SNIPPET])('%s misses no change and applies none twice', async (name) => {
    const app = apps.get(name);
    if (!app) throw new Error(`${name} was not started`);
    const applied = app.applied.slice(SEEDS.length).map(describeChange);
    const missed = published.filter((change) => !applied.includes(change));
    const versions = app.applied.map(({ localizedId, kind, at }) => `${localizedId} ${kind} ${at}`);
    const doubled = versions.length - new Set(versions).size;
    process.stdout.write(
      `${name}: ${published.length} changes over ${app.interruptions} restarts: missed ${missed.length}, doubled ${doubled}\n`,
    );
    expect({ missed, doubled }).toEqual({ missed: [], doubled: 0 });
    expect(applied).toEqual(published);
    expect(app.interruptions).toBe(2);
    const byId = (releases: unknown[]) =>
      new Map(releases.map((release) => [(release as { id: string }).id, release]));
    expect(byId(await app.releases())).toEqual(byId(await freshCopy()));
  });
});
