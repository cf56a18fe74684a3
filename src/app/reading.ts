import type pg from 'pg';

import { type ChangeFeed } from '../features/change-log/index.js';
import { RecordCache } from '../features/reading/index.js';
import { ReadSnapshot, VersionedReads } from '../platform/db/index.js';
import { RequestContext } from '../platform/graphql/execution/request-context.js';
import { type Caller } from '../platform/http/caller.js';
import { ResponseCache } from '../platform/cache/response-cache.js';
import { CachedResponses, type ExecutedOperation } from '../platform/http/cached-responses.js';
import { type EndpointRequest } from '../platform/http/graphql-endpoint.js';
import { ResponseHeaders } from '../platform/http/response-headers.js';
import { type CrossOrigin } from '../platform/http/cross-origin.js';
import { type ObservedOptions, todayOf } from './app.options.js';

/** The cache of GraphQL responses and of pages; null if it is disabled. */
export function responseCache(options: ObservedOptions, feed: ChangeFeed): ResponseCache | null {
  const { maxBytes = 0 } = options.responseCache ?? {};
  if (maxBytes === 0) return null;
  const counter = options.observer.metrics.cache('answer');
  const today = (): string => todayOf(options);
  const cache = new ResponseCache({ maxBytes, today, version: () => feed.version, counter });
  counter.measure(() => ({ entries: cache.count, bytes: cache.bytes }));
  feed.onChange((changes) => cache.invalidate(changes));
  return cache;
}

export function cachedResponses(
  cache: ResponseCache | null,
  headers: ResponseHeaders,
): CachedResponses | null {
  return cache && new CachedResponses(cache, headers);
}

export function recordCache(
  { readModelBytes: maxBytes = 0, observer }: ObservedOptions,
  feed: ChangeFeed,
): RecordCache | null {
  if (maxBytes === 0) return null;
  return new RecordCache({ maxBytes, feed, counterOf: (layer) => observer.metrics.cache(layer) });
}

export function executedOperation(context: RequestContext): ExecutedOperation {
  const { caller, dependencies, today, contentLanguage } = context;
  return { isAnonymous: caller.viewer === null, dependencies, today, contentLanguage };
}

/** Without a cache of responses, shared caches get nothing to store either. */
export function responseHeaders(
  { responseCache }: ObservedOptions,
  crossOrigin: CrossOrigin,
): ResponseHeaders {
  const isCached = responseCache !== undefined && responseCache.maxBytes > 0;
  return new ResponseHeaders(crossOrigin, isCached ? (responseCache.maxAge ?? 0) : null);
}

export function contextOf(
  options: ObservedOptions,
  { id, raw, response, admitted }: EndpointRequest,
  caller: Caller,
): RequestContext {
  const { database, messages, localeOrder, onRead } = options;
  const openSnapshot = (pool: pg.Pool): ReadSnapshot => {
    const snapshot = new ReadSnapshot(pool);
    onRead?.(snapshot);
    // Nothing more is read for a client that has disconnected, and the snapshot must not hold a connection of the pool.
    response.once('close', () => void snapshot.close());
    return snapshot;
  };
  return new RequestContext({
    requestId: id,
    versionedReads(onVersion) {
      const reads = new VersionedReads(database.readPool, onVersion);
      onRead?.(reads);
      response.once('close', () => reads.close());
      return reads;
    },
    openSnapshot: () => openSnapshot(database.readPool),
    openStaffSnapshot: () => openSnapshot(database.staffPool),
    messages,
    localeOrder,
    today: todayOf(options),
    charge: (cost) => admitted?.charge(cost) ?? Promise.resolve(),
    isGone: () => response.closed,
    acceptLanguage: raw.headers['accept-language'],
    ...caller,
  });
}
