import type { Logger } from 'pino';

import type { Database } from '../../platform/db/index.js';
import {
  completeSearchIndex,
  indexNextTexts,
  searchIndexState,
  SETTLE,
  type TextKey,
} from './search-index.repository.js';

/** A node of the release before may publish a text without lexemes. */
const LOOK_MS = 10_000;
/** Another node is at it. */
const BUSY_MS = 500;
const MIN_REST_MS = 20;
/** How much longer than a batch the rest behind it is: readers have four fifths of the time for themselves. */
const REST_TO_WORK = 4;

export interface SearchIndexerOptions {
  readonly database: Pick<Database, 'dataSource' | 'asOwner'>;
  readonly log: Logger;
}

/**
 * Gives lexemes to the texts that have none, in the background, with long rests. Any number of nodes may
 * run one; after an interruption the rest is done.
 */
export class SearchIndexer {
  private isStopping = false;
  private running: Promise<void> | null = null;
  private wake: () => void = () => undefined;
  private after: TextKey | null = null;

  constructor(private readonly options: SearchIndexerOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the batch under way. Never rejects. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      await this.sleep(
        await this.round().catch((err: unknown) => {
          this.options.log.warn({ err }, 'texts could not be indexed for search');
          return LOOK_MS;
        }),
      );
    }
  }

  /** @returns how long to rest, in milliseconds */
  private async round(): Promise<number> {
    const { database, log } = this.options;
    const { dataSource } = database;
    const { isComplete, missing } = await searchIndexState(dataSource);
    if (missing === 0) {
      if (isComplete) return LOOK_MS;
      await completeSearchIndex(dataSource, () => database.asOwner((owner) => owner.query(SETTLE)));
      log.info('all texts are indexed for search');
      return LOOK_MS;
    }
    return this.fill();
  }

  private async fill(): Promise<number> {
    const begun = performance.now();
    const batch = await indexNextTexts(this.options.database.dataSource, this.after);
    // Nothing behind the last one: what is left was being published, and is seen to from the beginning.
    this.after = batch?.last ?? null;
    return batch === null
      ? BUSY_MS
      : Math.max(MIN_REST_MS, REST_TO_WORK * (performance.now() - begun));
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.isStopping) return resolve();
      setTimeout(resolve, ms).unref();
    });
  }
}
