import { setTimeout as pause } from 'node:timers/promises';

import { AppError } from '../../kernel/errors.js';
import { isOutage } from '../../platform/db/index.js';
import { cancellable } from '../../platform/graphql/execution/cancellable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { StreamEvent } from '../../platform/graphql/execution/subscriptions.js';
import type { LiveHub, LiveLease } from './live-hub.js';
import type { MetadataDelivery } from './page-selection.js';
import type { ChangePage } from './reader-sync.js';
import type { SyncContext } from './shown.js';
import { contextName } from './sync-cursor.js';
import type { SyncService } from './sync.service.js';

/** The default of `releaseChanges`, which the cost of a subscription is computed from. */
const PAGE_SIZE = 20;
/** The minimum interval between events that only move the cursor past changes this reader does not see. */
const CURSOR_EVENT_MS = 60_000;
/** The pause after a failure of the database. */
const RETRY_MS = 1_000;

/** The position of one subscriber. */
interface Position {
  cursor: string | null;
  hasMore: boolean;
  version: number;
  sentAt: number;
}

/** The copy that a subscriber maintains. */
export interface FollowedCopy {
  readonly reader: SyncContext;
  readonly metadata: MetadataDelivery;
}

/** Changes as they happen, for each subscriber from its own cursor: no events are queued. */
export class LiveService {
  constructor(
    private readonly hub: LiveHub,
    private readonly sync: SyncService,
  ) {}

  /**
   * @param since null to start now: the first page then has a cursor and no changes
   * @throws AppError COUNTRY_UNKNOWN
   */
  follow(
    context: RequestContext,
    copy: FollowedCopy,
    since: string | null,
  ): AsyncGenerator<StreamEvent, void, void> {
    const position: Position = { cursor: since, hasMore: true, version: -1, sentAt: -Infinity };
    const events = this.events.bind(this);
    return cancellable((signal) => events(context, copy, position, signal));
  }

  private async *events(
    context: RequestContext,
    copy: FollowedCopy,
    position: Position,
    signal: AbortSignal,
  ): AsyncGenerator<StreamEvent, void, void> {
    while (!signal.aborted) {
      if (!position.hasMore) await this.hub.changed(position.version, signal);
      if (signal.aborted) return;
      const lease = await this.hub.lease().catch(outageOnly);
      if (signal.aborted) return lease?.release();
      const event = lease && (await this.next(lease, context, copy, position));
      if (event) yield event;
      // The database is unavailable, so the position is unchanged.
      if (event === null) await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns undefined if there is nothing to send, null if the database is unavailable */
  private async next(
    lease: LiveLease,
    base: RequestContext,
    { reader, metadata }: FollowedCopy,
    position: Position,
  ): Promise<StreamEvent | null | undefined> {
    const { snapshot } = lease;
    const context = base.at(snapshot);
    const key = `${contextName(reader)} ${position.cursor ?? ''}`;
    let paging = snapshot.pages.get(key);
    if (!paging) snapshot.pages.set(key, (paging = this.page(context, reader, position.cursor)));
    try {
      const page = await paging;
      position.version = snapshot.version;
      position.cursor = page.cursor;
      position.hasMore = page.hasMore;
      const isRelevant = page.reset || hasVisibleChange(page, metadata);
      if (!isRelevant && performance.now() - position.sentAt < CURSOR_EVENT_MS) {
        lease.release();
        return undefined;
      }
      position.sentAt = performance.now();
      return { value: page, context, release: () => lease.release() };
    } catch (error) {
      lease.release();
      return outageOnly(error);
    }
  }

  private page(
    context: RequestContext,
    reader: SyncContext,
    cursor: string | null,
  ): Promise<ChangePage> {
    if (cursor === null) return this.sync.startHere(context, reader);
    return this.sync.changes(context, reader, cursor, PAGE_SIZE);
  }
}

function hasVisibleChange({ changes }: ChangePage, metadata: MetadataDelivery): boolean {
  return changes.some(({ kind }) => kind !== 'METADATA' || metadata !== 'NONE');
}

/** @throws every error except an outage of the database */
function outageOnly(error: unknown): null {
  const isTimeout = error instanceof AppError && error.reason === 'TIMEOUT';
  if (isTimeout || isOutage(error)) return null;
  throw error;
}
