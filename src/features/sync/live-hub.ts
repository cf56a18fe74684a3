import type pg from 'pg';

import { ReadSnapshot } from '../../platform/db/index.js';
import type { ChangeFeed } from '../change-log/index.js';
import { LiveSnapshot } from './live-snapshot.js';
import { loadVersion } from './log.repository.js';

/** How often the hub checks whether the day has changed. */
const DAY_CHECK_MS = 3_000;
/** Changes within this interval wake subscribers once. */
const BATCH_MS = 50;
/** The maximum number of reader connections in use at the same time. */
const MAX_SNAPSHOTS = 2;
/** A snapshot that is older than this cannot be joined, so that none stays open forever. */
const MAX_JOIN_MS = 5_000;

export interface LiveHubDependencies {
  readonly database: { readonly readPool: pg.Pool };
  readonly changeFeed: Pick<ChangeFeed, 'onChange'>;
  /** The day that decides which rules are in force. */
  readonly today: () => string;
  readonly onRead?: ((snapshot: ReadSnapshot) => void) | undefined;
}

/** The use of a snapshot by one subscriber. */
export interface LiveLease {
  readonly snapshot: LiveSnapshot;
  /** Must be called; a second call does nothing. */
  release(): void;
}

interface OpenedSnapshot {
  readonly snapshot: LiveSnapshot;
  readonly begun: Promise<void>;
}

/**
 * Wakes the subscribers of one process after a change, and when the day changes, because rules take effect by the day.
 */
export class LiveHub {
  private readonly waiters = new Set<() => void>();
  private readonly queue: (() => void)[] = [];
  private dayTimer: NodeJS.Timeout | undefined;
  private wakeTimer: NodeJS.Timeout | undefined;
  private version = 0;
  private lastWakeAt = 0;
  /** The day of the newest snapshot that was read. */
  private readDay: string;
  private reading = 0;
  private latest: OpenedSnapshot | null = null;
  private latestAt = 0;

  constructor(private readonly dependencies: LiveHubDependencies) {
    this.readDay = dependencies.today();
    dependencies.changeFeed.onChange(() => this.scheduleWake());
  }

  start(): void {
    this.dayTimer = setInterval(() => this.checkDay(), DAY_CHECK_MS).unref();
  }

  stop(): void {
    clearInterval(this.dayTimer);
    clearTimeout(this.wakeTimer);
  }

  /** Resolves when there may be changes after this version, or when the signal aborts. */
  async changed(version: number, signal: AbortSignal): Promise<void> {
    if (version !== this.version || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.waiters.delete(wake);
        resolve();
      };
      this.waiters.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /**
   * Joins the current snapshot, or opens one if it is older than the newest known change.
   *
   * @throws AppError DATABASE_UNAVAILABLE, TIMEOUT
   */
  async lease(): Promise<LiveLease> {
    const isOpen = this.latest?.snapshot.isOpenTo(this.version) ?? false;
    const isYoung = performance.now() - this.latestAt < MAX_JOIN_MS;
    const { snapshot, begun } = this.latest && isOpen && isYoung ? this.latest : this.open();
    const release = snapshot.acquire();
    try {
      await begun;
      return { snapshot, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  private open(): OpenedSnapshot {
    const snapshot = new ReadSnapshot(this.dependencies.database.readPool);
    this.dependencies.onRead?.(snapshot);
    const live = new LiveSnapshot(snapshot, this.dependencies.today(), () => void this.close(live));
    const opened = { snapshot: live, begun: this.begin(live) };
    this.latest = opened;
    this.latestAt = performance.now();
    return opened;
  }

  private async begin(live: LiveSnapshot): Promise<void> {
    if (this.reading >= MAX_SNAPSHOTS) await new Promise<void>((go) => this.queue.push(go));
    else this.reading += 1;
    live.begin(this.version);
    await loadVersion(live.snapshot);
    this.readDay = live.today;
  }

  private async close(live: LiveSnapshot): Promise<void> {
    await live.snapshot.close();
    const next = this.queue.shift();
    if (next) next();
    else this.reading -= 1;
  }

  private checkDay(): void {
    if (this.waiters.size > 0 && this.dependencies.today() !== this.readDay) this.scheduleWake();
  }

  private scheduleWake(): void {
    if (this.wakeTimer) return;
    const wait = Math.max(0, this.lastWakeAt + BATCH_MS - performance.now());
    this.wakeTimer = setTimeout(() => {
      this.wakeTimer = undefined;
      this.lastWakeAt = performance.now();
      this.version += 1;
      for (const wake of [...this.waiters]) wake();
    }, wait);
  }
}
