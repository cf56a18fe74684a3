import type { DataSource } from 'typeorm';

import { generateReleases, stepsOf } from '../demo/generate.js';
import { demoReleases, demoTopics } from '../demo/releases.js';
import { ReferenceCache, saveTopic } from '../features/audience/index.js';
import { settleProjection } from '../features/publication/index.js';
import { replayStory } from '../features/import/index.js';
import { type Database, withTransaction } from '../platform/db/index.js';
import type { Config } from '../app/config.js';
import { withDatabase } from './database.js';
import { inOrderOfArrival } from './in-order.js';
import type { Terminal } from './terminal.js';

/** The author of a demonstration release in the history. */
const BY = 'demo';

export interface DemoOptions {
  /** How many generated releases to add. */
  readonly releases?: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** `gateway demo`: loads the demonstration releases, and generated ones on request. */
export async function runDemo(
  config: Config,
  terminal: Terminal,
  { releases: count, seed, json = false }: DemoOptions,
): Promise<void> {
  await withDatabase(config, async (database, interrupted) => {
    const loaded = await loadDemo(database.dataSource);
    const generated =
      count === undefined
        ? 0
        : await loadGenerated(database, terminal, { count, seed, interrupted });
    if (json) return terminal.printJson({ loaded, generated });
    const key = loaded > 0 ? 'cli:demo.loaded' : 'cli:demo.alreadyLoaded';
    terminal.print(terminal.text(key, { count: loaded }));
    if (count === undefined) return;
    terminal.print(terminal.text('cli:demo.generated', { count: generated }));
  });
}

/** Loads the demonstration releases that do not exist yet. @returns how many were loaded */
export async function loadDemo(dataSource: DataSource): Promise<number> {
  await withTransaction(dataSource, async (manager) => {
    for (const { slug, names } of demoTopics()) await saveTopic(manager, slug, names);
  });
  const cache = new ReferenceCache();
  let loaded = 0;
  for (const story of demoReleases()) {
    if (await replayStory(dataSource, cache, story, BY)) loaded += 1;
  }
  return loaded;
}

/** Adds generated releases for load tests; existing ones are unchanged. @returns how many were added */
export async function loadGenerated(
  database: Pick<Database, 'dataSource' | 'asOwner'>,
  terminal: Terminal,
  { count, seed, interrupted }: { count: number; seed: number; interrupted?: AbortSignal },
): Promise<number> {
  const cache = new ReferenceCache();
  const releases = generateReleases(count, seed);
  const results = inOrderOfArrival(releases, (release) => {
    return replayStory(database.dataSource, cache, { ...release, steps: stepsOf(release) }, BY);
  });
  let done = 0;
  let added = 0;
  for await (const isNew of results) {
    done += 1;
    if (isNew) added += 1;
    if (done % 50 === 0) terminal.progress(`${done} / ${count}`);
    if (interrupted?.aborted === true) break;
  }
  if (added > 0) await settleProjection(database);
  return added;
}
