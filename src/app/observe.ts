import type pg from 'pg';

import type { AppOptions, ObservedOptions } from './app.options.js';
import { ChangeFeed } from '../features/change-log/index.js';
import { scheduleCounts } from '../features/publication/index.js';
import type { ErrorReason } from '../kernel/errors.js';
import { type Database } from '../platform/db/index.js';
import type { LiveTransports } from '../platform/http/live/live.js';
import { Observer } from '../platform/observe/observer.js';
import { OverloadLog } from '../platform/observe/overload-log.js';

/** The options with the values that every app has. */
export function observedOptions(given: AppOptions): ObservedOptions {
  const { log, observer = new Observer() } = given;
  const overload = new OverloadLog(log);
  const onRefusal = (reason: ErrorReason): void => {
    observer.metrics.refusals.add(reason);
    overload.add(reason);
  };
  return { ...given, observer, overload, onRefusal };
}

/** The change feed, which reports to the metrics. */
export function createChangeFeed({ database, observer, log }: ObservedOptions): ChangeFeed {
  const { changes } = observer.metrics;
  const onVersion = (seq: number, at: Date) => changes.applied(seq, at);
  const changeFeed = new ChangeFeed({ url: database.url, onVersion, log });
  changes.watchFeed(() => changeFeed.ageSeconds);
  return changeFeed;
}

/** Registers everything that the metrics read from elsewhere. */
export function watch({ metrics }: Observer, database: Database, live: LiveTransports): void {
  const { readPool: reader, staffPool: staff, dataSource } = database;
  const { master: writer } = dataSource.driver as unknown as { master: pg.Pool };
  metrics.database.watch({ reader, staff, writer });
  metrics.watchLive(() => live.count);
  metrics.replicas.watch(() => database.readServers?.replicaStatus() ?? []);
  metrics.schedules.watch(() => scheduleCounts(staff));
}
