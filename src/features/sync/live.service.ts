import { setTimeout as pause } from 'node:timers/promises';

import { AppError } from '../../kernel/errors.js';
import { isOutage } from '../../platform/db/index.js';
import { cancellable } from '../../platform/graphql/execution/cancellable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { StreamEvent } from '../../platform/graphql/execution/subscriptions.js';
import type { LiveHub, Visit } from './live-hub.js';
import type { MetadataDelivery } from './page-selection.js';
import type { ChangePage } from './reader-sync.js';
import type { SyncContext } from './shown.js';
import { contextName } from './sync-cursor.js';
import type { SyncService } from './sync.service.js';

/** As many as `releaseChanges` gives unasked; the limits of a query reckon with it. */
const PAGE_SIZE = 20;
/** A cursor that has moved on by changes that this reader does not see is told so often at most. */
const CURSOR_NEWS_MS = 60_000;
/** After a failure of the database. */
const REST_MS = 1_000;

/** Where one subscriber stands. */
interface Place {
  cursor: string | null;
  hasMore: boolean;
  mark: number;
  toldAt: number;
}

/** The copy that a subscriber keeps. */
export interface FollowedCopy {
  readonly reader: SyncContext;
  readonly metadata: MetadataDelivery;
}

/** The changes as they happen, for each subscriber from its own cursor: nothing is queued for anybody. */
export class LiveService {
  constructor(
    private readonly hub: LiveHub,
    private readonly sync: SyncService,
  ) {}

  /**
   * @param since null for what happens from now on; then the first page has no changes, but a cursor
   * @throws AppError COUNTRY_UNKNOWN
   */
  follow(
    context: RequestContext,
    copy: FollowedCopy,
    since: string | null,
  ): AsyncGenerator<StreamEvent, void, void> {
    const place: Place = { cursor: since, hasMore: true, mark: -1, toldAt: -Infinity };
    const events = this.events.bind(this);
    return cancellable((signal) => events(context, copy, place, signal));
  }

  private async *events(
    context: RequestContext,
    copy: FollowedCopy,
    place: Place,
    signal: AbortSignal,
  ): AsyncGenerator<StreamEvent, void, void> {
    while (!signal.aborted) {
      if (!place.hasMore) await this.hub.changed(place.mark, signal);
      if (signal.aborted) return;
      const visit = await this.hub.visit().catch(awayOnly);
      if (signal.aborted) return visit?.leave();
      const event = visit && (await this.next(visit, context, copy, place));
      if (event) yield event;
      // The database is away: the place is where it was.
      if (event === null) await pause(REST_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @returns undefined where there is nothing to tell, null where the database cannot be asked */
  private async next(
    visit: Visit,
    base: RequestContext,
    { reader, metadata }: FollowedCopy,
    place: Place,
  ): Promise<StreamEvent | null | undefined> {
    const { moment } = visit;
    const context = base.at(moment);
    const key = `${contextName(reader)} ${place.cursor ?? ''}`;
    let paging = moment.pages.get(key);
    if (!paging) moment.pages.set(key, (paging = this.page(context, reader, place.cursor)));
    try {
      const page = await paging;
      place.mark = moment.mark;
      place.cursor = page.cursor;
      place.hasMore = page.hasMore;
      const isNews = page.reset || hasNews(page, metadata);
      if (!isNews && performance.now() - place.toldAt < CURSOR_NEWS_MS) {
        visit.leave();
        return undefined;
      }
      place.toldAt = performance.now();
      return { value: page, context, release: () => visit.leave() };
    } catch (error) {
      visit.leave();
      return awayOnly(error);
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

function hasNews({ changes }: ChangePage, metadata: MetadataDelivery): boolean {
  return changes.some(({ kind }) => kind !== 'METADATA' || metadata !== 'NONE');
}

/** @throws whatever is no failure of the database */
function awayOnly(error: unknown): null {
  const isTimeout = error instanceof AppError && error.reason === 'TIMEOUT';
  if (isTimeout || isOutage(error)) return null;
  throw error;
}
