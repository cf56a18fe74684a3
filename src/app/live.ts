import { randomUUID } from 'node:crypto';

import type { GraphQLSchema } from 'graphql';

import type { Viewer } from '../kernel/access.js';
import { RequestContext } from '../platform/graphql/execution/request-context.js';
import { Subscriptions } from '../platform/graphql/execution/subscriptions.js';
import { type PersistedOperations } from '../platform/graphql/persisted/persisted-operations.js';
import { type CrossOrigin } from '../platform/http/cross-origin.js';
import { LIVE_LIMITS } from '../platform/http/live/live-connections.js';
import { LiveTransports } from '../platform/http/live/live.js';
import { limitsOf, type ObservedOptions, todayOf } from './app.options.js';

/** Who sends this `Authorization` header; null for a reader. */
export type Identify = (authorization: string | undefined) => Promise<Viewer | null>;

interface LiveMade {
  readonly schema: GraphQLSchema;
  readonly persistedOperations: PersistedOperations;
  readonly identify: Identify;
  readonly crossOrigin: CrossOrigin;
}

/** WebSockets and event streams. */
export function liveTransports(
  options: ObservedOptions,
  { schema, persistedOperations, identify, crossOrigin }: LiveMade,
): LiveTransports {
  const { messages, localeOrder, log, observer, onRefusal } = options;
  const limits = limitsOf(options);
  return new LiveTransports({
    subscriptions: new Subscriptions({
      schema,
      persistedOperations,
      limits,
      messages,
      log,
      onRefusal,
    }),
    ...{ onRefusal, route: observer.metrics.http.graphql },
    limits: { ...LIVE_LIMITS, ...options.live },
    log,
    identify,
    crossOrigin,
    contextOf: (caller) =>
      new RequestContext({
        requestId: randomUUID(),
        // Each result has its own snapshot; see RequestContext.at.
        versionedReads: noSnapshot,
        openSnapshot: noSnapshot,
        openStaffSnapshot: noSnapshot,
        messages,
        localeOrder,
        today: todayOf(options),
        idempotencyKey: null,
        ...caller,
      }),
  });
}

function noSnapshot(): never {
  throw new Error('a subscription reads from the snapshot of a change');
}
