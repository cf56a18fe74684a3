import { setTimeout as pause } from 'node:timers/promises';

import type { Logger } from 'pino';

import { ChannelListener } from '../../platform/db/listen.js';
import { FeedMonitor } from './feed-monitor.js';
import type { PublicChange } from '../../platform/cache/tags.js';
import type { Version } from '../../platform/cache/version.js';

/** The maximum delay of a change whose notification is lost. */
const POLL_MS = 250;
/**
 * How long cached values may be used after a poll. A retracted text is then shown for at most a second after its
 * retraction was confirmed, time for the response included, even if the database can no longer be reached.
 */
const LEASE_MS = 800;
/** More changes than this at once invalidate everything. */
const MAX_CHANGES = 500;
const POLL_TIMEOUT_MS = 1_000;
const CHANNEL = 'gateway_change';

/** Receives changes in the order of the change log; null: anything may have changed. */
export type ChangeListener = (changes: readonly PublicChange[] | null) => void;

export interface ChangeFeedOptions {
  /** The primary: a standby does not notify, and may lag behind. */
  readonly url: string;
  /** Called with each new version: its number, and the time of its change. */
  readonly onVersion?: (seq: number, at: Date) => void;
  readonly log: Logger;
}

interface Row {
  seq: number;
  /** The id of the change with that number. */
  id: string | null;
  /** The current id of the last applied change; it differs after a restore. */
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
 * The change log as one process sees it, which drives its caches, subscriptions and reference data: it listens to
 * NOTIFY, polls four times a second, and grants a lease on the newest version.
 */
export class ChangeFeed {
  private readonly listener: ChannelListener;
  private readonly listeners: ChangeListener[] = [];
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private leaseUntil = 0;
  private applied: Version | null = null;
  private appliedId: string | null = null;
  private readonly monitor: FeedMonitor;

  constructor(private readonly options: ChangeFeedOptions) {
    this.monitor = new FeedMonitor(options.log);
    this.listener = new ChannelListener(options.url, CHANNEL, () => void this.poll());
  }

  /** The version of all cached values; null once the lease has expired, so that none may be used. */
  get version(): Version | null {
    return performance.now() < this.leaseUntil ? this.applied : null;
  }

  /** Seconds since the last successful poll, or since the start. */
  get ageSeconds(): number {
    return this.monitor.ageSeconds;
  }

  onChange(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  start(): void {
    this.listener.start();
    this.timer = setInterval(() => {
      this.monitor.check();
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
   * Resolves once every change from before this call is applied, or the lease has expired: no outdated value is used
   * from then on. Never rejects.
   */
  async catchUp(): Promise<void> {
    const left = this.leaseUntil - performance.now();
    if (left > 0) await Promise.race([this.poll(), pause(left)]);
  }

  /** A poll that begins after this call; calls made before it begins share it. */
  private poll(): Promise<void> {
    this.next ??= this.polling.then(() => {
      this.next = null;
      this.polling = this.pollOnce().catch((error: unknown) => this.monitor.failed(error));
      return this.polling;
    });
    return this.next;
  }

  private async pollOnce(): Promise<void> {
    const begun = performance.now();
    const values = [this.applied?.seq ?? 0];
    const statement = { name: 'follow_changes', text: CHANGES, values };
    const [row] = await this.listener.query<Row>(statement, POLL_TIMEOUT_MS);
    if (!row) return;
    this.monitor.succeeded();
    this.apply(row);
    this.leaseUntil = begun + LEASE_MS;
  }

  private apply({ seq, id, appliedId, at, revision, changes }: Row): void {
    const before = this.applied;
    // After a restore the same numbers may stand for other texts: nothing cached is valid.
    const isSameHistory = appliedId === this.appliedId;
    if (isSameHistory && before?.seq === seq && before.revision === revision) return;
    this.applied = { seq, revision };
    this.appliedId = id;
    if (at) this.options.onVersion?.(seq, at);
    const continues = isSameHistory && before?.revision === revision;
    const known = continues ? publicChanges(changes ?? []) : null;
    for (const listener of this.listeners) listener(known);
  }
}

/** @returns null if a rule or a topic changed, or too much */
function publicChanges(changes: NonNullable<Row['changes']>): PublicChange[] | null {
  if (changes.length > MAX_CHANGES) return null;
  const known: PublicChange[] = [];
  for (const { releaseId, date, number } of changes) {
    if (releaseId === null) return null;
    known.push({ releaseId, place: date === null ? null : { date, number } });
  }
  return known;
}
