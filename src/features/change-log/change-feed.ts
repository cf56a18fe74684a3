import { setTimeout as pause } from 'node:timers/promises';

import type { Logger } from 'pino';

import { ChannelListener } from '../../platform/db/listen.js';
import { FeedWatch } from './feed-watch.js';
import type { PublicChange, PublicHead } from '../../platform/graphql/execution/read-trace.js';

/** The maximum delay of a change whose notification is lost. */
const POLL_MS = 250;
/**
 * How long cached values may be used after the change log was last read. No retracted text is sent a second after its
 * retraction was confirmed, even if the database is away since.
 */
const LEASE_MS = 800;
/** After more changes than this at once, all cached values are dropped. */
const MAX_CHANGES = 500;
const POLL_TIMEOUT_MS = 1_000;
const CHANNEL = 'gateway_change';

/** Called with changes in the order of the change log; null: anything may have changed. */
export type ChangeListener = (changes: readonly PublicChange[] | null) => void;

export interface ChangeFeedOptions {
  /** The primary: it sends NOTIFY, and it alone has all committed changes. */
  readonly url: string;
  /** Called with the number of the newest applied change, and its instant. */
  readonly applied?: (seq: number, at: Date) => void;
  readonly log: Logger;
}

interface Row {
  seq: number;
  /** Of the change with that number. */
  id: string | null;
  /** Of the last applied change, as it is in the log now. */
  appliedId: string | null;
  at: Date | null;
  revision: number;
  changes: { kind: string; releaseId: string | null; date: string | null; number: string }[] | null;
}

const CHANGES = `
  SELECT h.seq, (SELECT at FROM published.change_log WHERE seq = h.seq) AS at,
         published.change_id(h.seq) AS id, published.change_id($1) AS "appliedId",
         (SELECT number::int FROM reference.revision) AS revision,
         (SELECT json_agg(json_build_object('kind', c.kind, 'releaseId', c.release_id,
                   'date', r.date, 'number', c.number) ORDER BY c.seq)
            FROM (SELECT * FROM published.change_log WHERE seq > $1 ORDER BY seq LIMIT ${MAX_CHANGES + 1}) c
            LEFT JOIN published.release r ON r.id = c.release_id) AS changes
    FROM published.change_log_head h`;

/**
 * Follows the change log for the caches of one process: it listens to notifications, polls four times a second, and leases
 * cached values for a limited time.
 */
export class ChangeFeed {
  private readonly listener: ChannelListener;
  private readonly listeners: ChangeListener[] = [];
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private leaseUntil = 0;
  private applied: PublicHead | null = null;
  private appliedId: string | null = null;
  private readonly watch: FeedWatch;

  constructor(private readonly options: ChangeFeedOptions) {
    this.watch = new FeedWatch(options.log);
    this.listener = new ChannelListener(options.url, CHANNEL, () => void this.poll());
  }

  /** The version of all cached values; null while none may be used. */
  get head(): PublicHead | null {
    return performance.now() < this.leaseUntil ? this.applied : null;
  }

  /** Seconds since the change log was last read with success, or since the start. */
  get ageSeconds(): number {
    return this.watch.ageSeconds;
  }

  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  start(): void {
    this.listener.start();
    this.timer = setInterval(() => {
      this.watch.check();
      void this.poll();
    }, POLL_MS).unref();
    void this.poll();
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.listener.stop();
    await this.polling;
  }

  /**
   * Resolves once no cached value is older than this call: all changes are applied, or the lease is over. Never rejects.
   */
  async catchUp(): Promise<void> {
    const left = this.leaseUntil - performance.now();
    if (left > 0) await Promise.race([this.poll(), pause(left)]);
  }

  /** A poll that starts after this call. Calls before it has started share it. */
  private poll(): Promise<void> {
    this.next ??= this.polling.then(() => {
      this.next = null;
      this.polling = this.pollOnce().catch((error: unknown) => this.watch.failed(error));
      return this.polling;
    });
    return this.next;
  }

  private async pollOnce(): Promise<void> {
    const begun = performance.now();
    const values = [this.applied?.seq ?? 0];
    const question = { name: 'follow_changes', text: CHANGES, values };
    const [row] = await this.listener.query<Row>(question, POLL_TIMEOUT_MS);
    if (!row) return;
    this.watch.succeeded();
    this.apply(row);
    this.leaseUntil = begun + LEASE_MS;
  }

  private apply({ seq, id, appliedId, at, revision, changes }: Row): void {
    const before = this.applied;
    // A database that was restored to an older state has other texts: no cached value is valid for it.
    const isSameHistory = appliedId === this.appliedId;
    if (isSameHistory && before?.seq === seq && before.revision === revision) return;
    this.applied = { seq, revision };
    this.appliedId = id;
    if (at) this.options.applied?.(seq, at);
    const goesOn = isSameHistory && before?.revision === revision;
    const known = goesOn ? publicChanges(changes ?? []) : null;
    for (const listener of this.listeners) listener(known);
  }
}

/** @returns null if a rule or a topic has changed, or too much */
function publicChanges(changes: NonNullable<Row['changes']>): PublicChange[] | null {
  if (changes.length > MAX_CHANGES) return null;
  const known: PublicChange[] = [];
  for (const { releaseId, date, number } of changes) {
    if (releaseId === null) return null;
    known.push({ releaseId, place: date === null ? null : { date, number } });
  }
  return known;
}
