import type pg from 'pg';

import { type ChangeFeed } from '../features/change-log/index.js';
import { ReadModels } from '../features/reading/index.js';
import { type OpenedSnapshot, ReadSnapshot } from '../platform/db/index.js';
import { RequestContext } from '../platform/graphql/execution/request-context.js';
import { type Caller } from '../platform/http/caller.js';
import { type CrossOrigin } from '../platform/http/cross-origin.js';
import { AnswerStore } from '../platform/cache/answer-store.js';
import { type AnsweredOperation, KeptResponses } from '../platform/http/kept-responses.js';
import { type EndpointRequest } from '../platform/http/graphql-endpoint.js';
import { type ObservedOptions, todayOf } from './app.options.js';

export function responseCache(
  parts: ObservedOptions,
  changeFeed: ChangeFeed,
  crossOrigin: CrossOrigin,
): KeptResponses | null {
  const { maxBytes = 0, maxAge = 0 } = parts.responseCache ?? {};
  if (maxBytes === 0) return null;
  const today = (): string => todayOf(parts);
  const meter = parts.observer.metrics.cache('answer');
  const store = new AnswerStore({ maxBytes, today, head: () => changeFeed.head, meter });
  meter.measure(() => ({ entries: store.count, bytes: store.bytes }));
  changeFeed.onChange((changes) => store.drop(changes));
  return new KeptResponses(store, { maxAge, crossOrigin });
}

export function readModels(
  { readModelBytes: maxBytes = 0, observer }: ObservedOptions,
  following: ChangeFeed,
): ReadModels | null {
  if (maxBytes === 0) return null;
  return new ReadModels({ maxBytes, following, meterOf: (layer) => observer.metrics.cache(layer) });
}

export function cachedOperation(context: RequestContext): AnsweredOperation | null {
  const { viewer, trace, today, usedHeader, contentLanguage } = context;
  return viewer === null ? { trace, today, usedHeader, contentLanguage } : null;
}

export function contextOf(
  parts: ObservedOptions,
  { id, raw, response, admitted }: EndpointRequest,
  caller: Caller,
): RequestContext {
  const { database, messages, localeOrder } = parts;
  // Also where the answer never comes: a caller that is gone must not keep a connection.
  const untilClosed = (opened: OpenedSnapshot): OpenedSnapshot => {
    response.once('close', () => void opened.leave());
    return opened;
  };
  const alone = (pool: pg.Pool): OpenedSnapshot => {
    const snapshot = new ReadSnapshot(pool);
    parts.onSnapshot?.(snapshot);
    return untilClosed({ snapshot, leave: () => snapshot.close() });
  };
  return new RequestContext({
    requestId: id,
    openSnapshot: (mayShare) =>
      mayShare ? untilClosed(parts.sharedSnapshots.open()) : alone(database.readPool),
    openStaffSnapshot: () => alone(database.staffPool),
    messages,
    localeOrder,
    today: todayOf(parts),
    charge: (cost) => admitted?.charge(cost) ?? Promise.resolve(),
    isGone: () => response.closed,
    acceptLanguage: raw.headers['accept-language'],
    ...caller,
  });
}
