import type pg from 'pg';

import { ReadSnapshot } from '../../platform/db/index.js';
import type { ChangeFeed } from '../change-log/index.js';
import { LiveMoment } from './live-moment.js';
import { loadVersion } from './log.repository.js';

/** How often the calendar is looked at. */
const CALENDAR_MS = 3_000;
/** Changes that come closer together wake subscribers once. */
const GATHER_MS = 50;
/** So many moments are read at once, of all the connections for readers. */
const MOST_MOMENTS = 2;
/** Who comes later than this opens a moment of their own, so that none stays open without end. */
const LONGEST_OPEN_MS = 5_000;

export interface LiveHubParts {
  readonly database: { readonly readPool: pg.Pool };
  readonly follower: Pick<ChangeFeed, 'onChange'>;
  /** The day by which rules are in force. */
  readonly today: () => string;
  readonly onSnapshot?: ((snapshot: ReadSnapshot) => void) | undefined;
}

/** Somebody inside a moment. */
export interface Visit {
  readonly moment: LiveMoment;
  leave(): void;
}

/**
 * Wakes the subscribers of one process when something changed, or the day did, for rules are in force by the day.
 */
export class LiveHub {
  private readonly sleepers = new Set<() => void>();
  private readonly queue: (() => void)[] = [];
  private calendar: NodeJS.Timeout | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private mark = 0;
  private wokenAt = 0;
  /** The day that somebody has read as of. */
  private readOn: string;
  private reading = 0;
  private latest: { readonly moment: LiveMoment; readonly begun: Promise<void> } | null = null;
  private latestAt = 0;

  constructor(private readonly parts: LiveHubParts) {
    this.readOn = parts.today();
    parts.follower.onChange(() => this.notice());
  }

  start(): void {
    this.calendar = setInterval(() => this.lookAtCalendar(), CALENDAR_MS).unref();
  }

  stop(): void {
    clearInterval(this.calendar);
    clearTimeout(this.gathering);
  }

  /** Resolves once there may be something that whoever has that mark has not read, or nobody waits any more. */
  async changed(mark: number, signal: AbortSignal): Promise<void> {
    if (mark !== this.mark || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        resolve();
      };
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /**
   * A moment that is as new as what was heard so far.
   *
   * @throws AppError DATABASE_UNAVAILABLE, TIMEOUT
   */
  async visit(): Promise<Visit> {
    const isOpen = this.latest?.moment.isOpenTo(this.mark) ?? false;
    const isYoung = performance.now() - this.latestAt < LONGEST_OPEN_MS;
    const { moment, begun } = this.latest && isOpen && isYoung ? this.latest : this.open();
    const leave = moment.enter();
    try {
      await begun;
      return { moment, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  private open(): { moment: LiveMoment; begun: Promise<void> } {
    const snapshot = new ReadSnapshot(this.parts.database.readPool);
    this.parts.onSnapshot?.(snapshot);
    const moment = new LiveMoment(snapshot, this.parts.today(), (left) => void this.close(left));
    this.latest = { moment, begun: this.begin(moment) };
    this.latestAt = performance.now();
    return this.latest;
  }

  private async begin(moment: LiveMoment): Promise<void> {
    if (this.reading >= MOST_MOMENTS) await new Promise<void>((go) => this.queue.push(go));
    else this.reading += 1;
    moment.begin(this.mark);
    await loadVersion(moment.snapshot);
    this.readOn = moment.today;
  }

  private async close(moment: LiveMoment): Promise<void> {
    await moment.snapshot.close();
    const next = this.queue.shift();
    if (next) next();
    else this.reading -= 1;
  }

  private lookAtCalendar(): void {
    if (this.sleepers.size > 0 && this.parts.today() !== this.readOn) this.notice();
  }

  private notice(): void {
    if (this.gathering) return;
    const wait = Math.max(0, this.wokenAt + GATHER_MS - performance.now());
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      this.wokenAt = performance.now();
      this.mark += 1;
      for (const wake of [...this.sleepers]) wake();
    }, wait);
  }
}
