import { setTimeout as pause } from 'node:timers/promises';

import type { Logger } from 'pino';

import { ChannelListener } from '../../platform/db/listen.js';
import { FeedWatch } from './feed-watch.js';
import type { PublicChange, PublicHead } from '../../platform/graphql/execution/read-trace.js';

/** How long a lost notification delays a change at most. */
const POLL_MS = 250;
/**
 * How long what is kept may be used after it was last found to be right. With the answer under way, no text that was
 * taken back is shown a second after its retraction was confirmed, whatever became of the database since.
 */
const LEASE_MS = 800;
/** After more changes than this at once, everything is read anew. */
const MOST_CHANGES = 500;
const LONGEST_LOOK_MS = 1_000;
const CHANNEL = 'gateway_change';

/** Told of what has changed, in the order of the change log; null: anything may have changed. */
export type ChangeListener = (changes: readonly PublicChange[] | null) => void;

export interface FollowerParts {
  /** The primary, which NOTIFY is heard of, and which alone knows all that was confirmed. */
  readonly url: string;
  /** Told of each state that was taken in: its number, and when its change was made. */
  readonly applied?: (seq: number, at: Date) => void;
  readonly log: Logger;
}

interface Row {
  seq: number;
  /** Of the change with that number. */
  id: string | null;
  /** Of the change that was applied last, as the log has it now. */
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
            FROM (SELECT * FROM published.change_log WHERE seq > $1 ORDER BY seq LIMIT ${MOST_CHANGES + 1}) c
            LEFT JOIN published.release r ON r.id = c.release_id) AS changes
    FROM published.change_log_head h`;

/**
 * Follows the change log for whatever one process keeps of the public side: it hears of every change (NOTIFY), looks
 * for itself four times a second, and says for how long what is kept may still be used.
 */
export class ChangeFeed {
  private readonly listener: ChannelListener;
  private readonly listeners: ChangeListener[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private leaseUntil = 0;
  private applied: PublicHead | null = null;
  private appliedId: string | null = null;
  private readonly watch: FeedWatch;

  constructor(private readonly parts: FollowerParts) {
    this.watch = new FeedWatch(parts.log);
    this.listener = new ChannelListener(parts.url, CHANNEL, () => void this.look());
  }

  /** The state that everything kept is as of; null while nothing kept may be used. */
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
      void this.look();
    }, POLL_MS).unref();
    void this.look();
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.listener.stop();
    await this.looking;
  }

  /**
   * Resolves once nothing is shown any more that was changed before this call: all of it is taken in, or what is kept
   * is not used. Never rejects.
   */
  async takeIn(): Promise<void> {
    const left = this.leaseUntil - performance.now();
    if (left > 0) await Promise.race([this.look(), pause(left)]);
  }

  /** A look that begins after this call. Whoever comes before it has begun shares it. */
  private look(): Promise<void> {
    this.next ??= this.looking.then(() => {
      this.next = null;
      this.looking = this.lookOnce().catch((error: unknown) => this.watch.failed(error));
      return this.looking;
    });
    return this.next;
  }

  private async lookOnce(): Promise<void> {
    const begun = performance.now();
    const values = [this.applied?.seq ?? 0];
    const question = { name: 'follow_changes', text: CHANGES, values };
    const [row] = await this.listener.query<Row>(question, LONGEST_LOOK_MS);
    if (!row) return;
    this.watch.succeeded();
    this.apply(row);
    this.leaseUntil = begun + LEASE_MS;
  }

  private apply({ seq, id, appliedId, at, revision, changes }: Row): void {
    const before = this.applied;
    // A database that was restored to an older state has other texts: nothing cached is right for it.
    const isSameHistory = appliedId === this.appliedId;
    if (isSameHistory && before?.seq === seq && before.revision === revision) return;
    this.applied = { seq, revision };
    this.appliedId = id;
    if (at) this.parts.applied?.(seq, at);
    const goesOn = isSameHistory && before?.revision === revision;
    const known = goesOn ? publicChanges(changes ?? []) : null;
    for (const listener of this.listeners) listener(known);
  }
}

/** @returns null where a rule or a topic changed, or too much */
function publicChanges(changes: NonNullable<Row['changes']>): PublicChange[] | null {
  if (changes.length > MOST_CHANGES) return null;
  const known: PublicChange[] = [];
  for (const { releaseId, date, number } of changes) {
    if (releaseId === null) return null;
    known.push({ releaseId, place: date === null ? null : { date, number } });
  }
  return known;
}
