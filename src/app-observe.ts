import type pg from 'pg';

import type { ObservedParts } from './app-parts.js';
import { PublicFollower } from './features/audience/index.js';
import type { Database } from './platform/db/index.js';
import type { LiveTransports } from './platform/http/live.js';
import type { Observer } from './platform/observe/observer.js';

/** Follows the change log, and reports it to the metrics. */
export function publicFollower({ database, observer, log }: ObservedParts): PublicFollower {
  const { changes } = observer.metrics;
  const applied = (seq: number, at: Date) => changes.applied(seq, at);
  const follower = new PublicFollower({ url: database.url, applied, log });
  changes.watchFeed(() => follower.ageSeconds);
  return follower;
}

/** Everything that the metrics read from elsewhere. */
export function watch({ metrics }: Observer, database: Database, live: LiveTransports): void {
  const { readPool: reader, staffPool: staff, dataSource } = database;
  const { master: writer } = dataSource.driver as unknown as { master: pg.Pool };
  metrics.database.watch({ reader, staff, writer });
  metrics.watchLive(() => live.count);
}
