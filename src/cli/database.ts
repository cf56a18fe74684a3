import type { Config } from '../app/config.js';
import {
  ReleaseEntity,
  ReleaseStateEntity,
  ReleaseTopicEntity,
  SegmentEntity,
  SegmentTextEntity,
  SourceVersionEntity,
  TranslationEntity,
  TranslationRevisionEntity,
} from '../features/release/index.js';
import { AppError } from '../kernel/errors.js';
import { type Database, openDatabase, type StatementObserver } from '../platform/db/index.js';
import { createLog } from '../platform/log.js';
import { onStopSignal } from './stop-signal.js';

/** Every entity class of the authoring tables. */
export const ENTITIES = [
  ReleaseEntity,
  ReleaseStateEntity,
  ReleaseTopicEntity,
  SegmentEntity,
  SegmentTextEntity,
  SourceVersionEntity,
  TranslationEntity,
  TranslationRevisionEntity,
];

interface OpenOptions {
  readonly observer?: StatementObserver;
  /** Allows a node to start for readers only, from these replicas if the primary is unavailable. */
  readonly readersFrom?: readonly string[];
}

/** The gateway's database, migrated; the caller closes it. */
export function openGatewayDatabase(
  config: Config,
  { observer, readersFrom: replicaUrls }: OpenOptions = {},
): Promise<Database> {
  const log = createLog(config.logLevel);
  const onBlocked = (attempt: number): void => {
    log.warn({ attempt }, 'A migration waits for a lock of other sessions');
  };
  return openDatabase(config, {
    ...{ entities: ENTITIES, onBlocked },
    ...(observer && { observer }),
    ...(replicaUrls && { readersOnly: { replicaUrls, log } }),
  });
}

/**
 * Runs some work with the database, and always closes it. A first signal requests the work to finish, so that nothing
 * is left half done and no embedded server keeps running; a second one ends the process immediately.
 *
 * @throws AppError INTERRUPTED after a signal; whatever `work` throws
 */
export async function withDatabase<T>(
  config: Config,
  work: (database: Database, interrupted: AbortSignal) => Promise<T>,
): Promise<T> {
  const interruption = new AbortController();
  const forget = onStopSignal(() => interruption.abort());
  try {
    // A command reads the current data once: replicas are for readers.
    const database = await openGatewayDatabase({ ...config, databaseReplicaUrls: [] });
    try {
      const result = await work(database, interruption.signal);
      if (interruption.signal.aborted) throw new AppError('INTERRUPTED');
      return result;
    } finally {
      await database.close();
    }
  } finally {
    forget();
  }
}
