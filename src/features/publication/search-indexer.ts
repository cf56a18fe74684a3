import type { Logger } from 'pino';

import type { Database } from '../../platform/db/index.js';
import {
  completeSearchIndex,
  indexNextTexts,
  searchIndexState,
  SETTLE,
  type TextKey,
} from './search-index.repository.js';

/** A node of the previous version may publish a text without lexemes. */
const POLL_MS = 10_000;
/** Another node is indexing. */
const BUSY_MS = 500;
const MIN_PAUSE_MS = 20;
/** The ratio of the pause after a batch to the batch itself: readers get four fifths of the time. */
const PAUSE_TO_WORK = 4;

export interface SearchIndexerOptions {
  readonly database: Pick<Database, 'dataSource' | 'asOwner'>;
  readonly log: Logger;
}

/**
 * Writes the lexemes of texts that have none, in the background, with long pauses. Any number of nodes may run one; it
 * continues after an interruption.
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

  /** Finishes the batch in progress. Never rejects. */
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
          return POLL_MS;
        }),
      );
    }
  }

  /** @returns the pause, in milliseconds */
  private async round(): Promise<number> {
    const { database, log } = this.options;
    const { dataSource } = database;
    const { isComplete, missing } = await searchIndexState(dataSource);
    if (missing === 0) {
      if (isComplete) return POLL_MS;
      await completeSearchIndex(dataSource, () => database.asOwner((owner) => owner.query(SETTLE)));
      log.info('all texts are indexed for search');
      return POLL_MS;
    }
    return this.fill();
  }

  private async fill(): Promise<number> {
    const begun = performance.now();
    const batch = await indexNextTexts(this.options.database.dataSource, this.after);
    // After the last one, start again: texts that were being published were skipped.
    this.after = batch?.last ?? null;
    return batch === null
      ? BUSY_MS
      : Math.max(MIN_PAUSE_MS, PAUSE_TO_WORK * (performance.now() - begun));
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.isStopping) return resolve();
      setTimeout(resolve, ms).unref();
    });
  }
}
