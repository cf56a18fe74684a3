import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

import { wallClockMs } from '../../kernel/wall-clock.js';
import { isOutage, withTransaction } from '../../platform/db/index.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { logRuleTurns, type ReferenceCache, RULE_TURN_DUE } from '../audience/index.js';
import { claimDue, type Schedule } from './schedule.repository.js';
import { publishDue } from './schedule.service.js';
import { ON_KNOWN_SERVER, recordServer } from './server-history.repository.js';

/** Another node may create a schedule that is due at once. */
const MAX_SLEEP_MS = 500;
/** Everything that is due is locked by another node or an editor. */
const BUSY_MS = 50;
const MAX_LANES = 4;
const MIN_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;
const CHORES_MS = 3_600_000;

const NEXT = `
  SELECT ceil(extract(epoch FROM min(at) - clock_timestamp()) * 1000)::int AS wait, ${RULE_TURN_DUE} AS "turnDue",
         ${ON_KNOWN_SERVER} AS "onKnownServer"
    FROM authoring.schedule
   WHERE state = 'WAITING' AND release_id <> ALL ($1::uuid[]) AND at < clock_timestamp() + interval '1 day'`;

export interface ScheduleWorkerOptions {
  readonly dataSource: DataSource;
  readonly cache: ReferenceCache;
  readonly log: Logger;
  /** Other work to do about once an hour. */
  readonly chores?: readonly (() => Promise<unknown>)[];
}

interface Next {
  readonly wait: number | null;
  readonly turnDue: boolean;
  readonly onKnownServer: boolean;
}

interface Backoff {
  readonly ms: number;
  readonly until: number;
}

/**
 * Publishes schedules at their instant, by the clock of the database, and writes dated rules that take effect or end
 * into the change log. Any number of nodes may run a worker: each edition is published exactly once.
 */
export class ScheduleWorker {
  private readonly backoffs = new Map<string, Backoff>();
  private readonly lanes: number;
  private nextChores = 0;
  private isStopping = false;
  private running: Promise<void> | null = null;
  private wake: () => void = () => undefined;

  constructor(private readonly options: ScheduleWorkerOptions) {
    const { poolSize = 2 } = options.dataSource.options as { poolSize?: number };
    this.lanes = Math.max(1, Math.min(MAX_LANES, Math.floor(poolSize / 2)));
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the editions in progress. Never rejects. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.isStopping) {
      let pause: number;
      try {
        pause = await this.round();
        failures = 0;
      } catch (error) {
        failures += 1;
        // One line for an outage, not one for every poll.
        if (failures === 1) this.options.log.warn({ err: error }, 'schedules could not be read');
        pause = MAX_SLEEP_MS;
      }
      if (pause > 0) await this.sleep(pause);
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.isStopping) return resolve();
      setTimeout(resolve, ms).unref();
    });
  }

  /** @returns the time until the next poll, in milliseconds */
  private async round(): Promise<number> {
    const { dataSource } = this.options;
    const [next] = await dataSource.query<Next[]>(NEXT, [this.backingOff()]);
    if (next?.onKnownServer === false) await this.recordServer();
    if (next?.turnDue) await withTransaction(dataSource, logRuleTurns);
    const wait = next?.wait ?? MAX_SLEEP_MS;
    if (wait > 0) {
      await this.runChores();
      return Math.min(wait, MAX_SLEEP_MS);
    }
    const counts = await Promise.all(Array.from({ length: this.lanes }, () => this.lane()));
    return counts.some((count) => count > 0) ? 0 : BUSY_MS;
  }

  /** After a restore without `gateway restored`, or a failover. */
  private async recordServer(): Promise<void> {
    const { dataSource, log } = this.options;
    const found = await withTransaction(dataSource, (manager) => recordServer(manager, 'FOUND'));
    if (!found) return;
    const { seq, heldBack } = found;
    if (heldBack.length === 0) {
      return log.info({ seq }, 'The database is on another server or timeline than before');
    }
    log.warn(
      { seq, heldBack: heldBack.map(({ number }) => number) },
      'The database was restored or failed over: scheduled releases that are overdue are held back',
    );
  }

  /** Publishes one due edition after another. @returns their number */
  private async lane(): Promise<number> {
    let count = 0;
    while (!this.isStopping && (await this.publishNext())) count += 1;
    return count;
  }

  /** @returns whether a schedule was due */
  private async publishNext(): Promise<boolean> {
    const { dataSource, cache, log } = this.options;
    const claim: { schedule: Schedule | null } = { schedule: null };
    try {
      const outcome = await withTransaction(dataSource, async (manager) => {
        claim.schedule = await claimDue(manager, this.backingOff());
        if (!claim.schedule) return null;
        const reference = await cache.load(queryableOf(manager));
        return publishDue(manager, reference, claim.schedule);
      });
      if (!claim.schedule || !outcome) return false;
      const { releaseId, at } = claim.schedule;
      this.backoffs.delete(releaseId);
      log.info({ releaseId, outcome, lateMs: wallClockMs() - at.getTime() }, 'scheduled edition');
      return true;
    } catch (error) {
      if (!claim.schedule || isOutage(error)) throw error;
      this.backOff(claim.schedule.releaseId, error);
      return true;
    }
  }

  /** A release that fails must neither stop the others nor be retried without a pause. */
  private backOff(releaseId: string, error: unknown): void {
    const before = this.backoffs.get(releaseId)?.ms ?? MIN_BACKOFF_MS / 2;
    const ms = Math.min(before * 2, MAX_BACKOFF_MS);
    this.backoffs.set(releaseId, { ms, until: performance.now() + ms });
    this.options.log.error({ err: error, releaseId, retryInMs: ms }, 'scheduled edition failed');
  }

  private backingOff(): string[] {
    const now = performance.now();
    return [...this.backoffs].filter(([, { until }]) => until > now).map(([id]) => id);
  }

  private async runChores(): Promise<void> {
    if (performance.now() < this.nextChores) return;
    this.nextChores = performance.now() + CHORES_MS;
    for (const chore of this.options.chores ?? []) {
      await chore().catch((err: unknown) => this.options.log.warn({ err }, 'hourly work failed'));
    }
  }
}
