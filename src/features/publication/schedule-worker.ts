import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

import { wallClockMs } from '../../kernel/wall-clock.js';
import { isOutage, withTransaction } from '../../platform/db/index.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { logRuleTurns, type ReferenceCache, RULE_TURN_DUE } from '../audience/index.js';
import { claimDue, type Schedule } from './schedule.repository.js';
import { publishDue } from './schedule.service.js';
import { ON_KNOWN_SERVER, recordServer } from './server-history.repository.js';

/** Another node may make a schedule for the next moment: nobody sleeps longer than this. */
const LONGEST_SLEEP_MS = 500;
/** What is due is in someone else's hands: another node's, or an editor's. */
const BUSY_MS = 50;
const MOST_LANES = 4;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
const CHORES_MS = 3_600_000;

const NEXT = `
  SELECT ceil(extract(epoch FROM min(at) - clock_timestamp()) * 1000)::int AS wait, ${RULE_TURN_DUE} AS "turnDue",
         ${ON_KNOWN_SERVER} AS "onKnownServer"
    FROM authoring.schedule
   WHERE state = 'WAITING' AND release_id <> ALL ($1::uuid[]) AND at < clock_timestamp() + interval '1 day'`;

export interface ScheduleWorkerParts {
  readonly dataSource: DataSource;
  readonly cache: ReferenceCache;
  readonly log: Logger;
  /** What else is to be done about once in an hour. */
  readonly chores?: readonly (() => Promise<unknown>)[];
}

interface Next {
  readonly wait: number | null;
  readonly turnDue: boolean;
  readonly onKnownServer: boolean;
}

interface Rest {
  readonly ms: number;
  readonly until: number;
}

/**
 * Publishes what is scheduled at its instant, by the database's clock, and writes the turns of dated rules into the
 * change log. Any number of nodes may run one: each edition comes out exactly once.
 */
export class ScheduleWorker {
  private readonly resting = new Map<string, Rest>();
  private readonly lanes: number;
  private nextChores = 0;
  private isStopping = false;
  private running: Promise<void> | null = null;
  private wake: () => void = () => undefined;

  constructor(private readonly parts: ScheduleWorkerParts) {
    const { poolSize = 2 } = parts.dataSource.options as { poolSize?: number };
    this.lanes = Math.max(1, Math.min(MOST_LANES, Math.floor(poolSize / 2)));
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the editions under way. Never rejects. */
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
        // A database that is away for an hour is not worth a line for every look.
        if (failures === 1) this.parts.log.warn({ err: error }, 'schedules could not be looked at');
        pause = LONGEST_SLEEP_MS;
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

  /** @returns how long to sleep until the next look, in milliseconds */
  private async round(): Promise<number> {
    const { dataSource } = this.parts;
    const [next] = await dataSource.query<Next[]>(NEXT, [this.atRest()]);
    if (next?.onKnownServer === false) await this.recordServer();
    if (next?.turnDue) await withTransaction(dataSource, logRuleTurns);
    const wait = next?.wait ?? LONGEST_SLEEP_MS;
    if (wait > 0) {
      await this.doChores();
      return Math.min(wait, LONGEST_SLEEP_MS);
    }
    const counts = await Promise.all(Array.from({ length: this.lanes }, () => this.lane()));
    return counts.some((count) => count > 0) ? 0 : BUSY_MS;
  }

  /** A restore that nobody reported with `gateway restored`, or a failover. */
  private async recordServer(): Promise<void> {
    const { dataSource, log } = this.parts;
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

  /** One due edition after another. @returns how many */
  private async lane(): Promise<number> {
    let count = 0;
    while (!this.isStopping && (await this.publishNext())) count += 1;
    return count;
  }

  /** @returns whether there was one to do */
  private async publishNext(): Promise<boolean> {
    const { dataSource, cache, log } = this.parts;
    const claim: { schedule: Schedule | null } = { schedule: null };
    try {
      const outcome = await withTransaction(dataSource, async (manager) => {
        claim.schedule = await claimDue(manager, this.atRest());
        if (!claim.schedule) return null;
        const reference = await cache.load(queryableOf(manager));
        return publishDue(manager, reference, claim.schedule);
      });
      if (!claim.schedule || !outcome) return false;
      const { releaseId, at } = claim.schedule;
      this.resting.delete(releaseId);
      log.info({ releaseId, outcome, lateMs: wallClockMs() - at.getTime() }, 'scheduled edition');
      return true;
    } catch (error) {
      if (!claim.schedule || isOutage(error)) throw error;
      this.putToRest(claim.schedule.releaseId, error);
      return true;
    }
  }

  /** One release that fails must neither stop the others nor be tried without end. */
  private putToRest(releaseId: string, error: unknown): void {
    const before = this.resting.get(releaseId)?.ms ?? FIRST_REST_MS / 2;
    const ms = Math.min(before * 2, LONGEST_REST_MS);
    this.resting.set(releaseId, { ms, until: performance.now() + ms });
    this.parts.log.error({ err: error, releaseId, retryInMs: ms }, 'scheduled edition failed');
  }

  private atRest(): string[] {
    const now = performance.now();
    return [...this.resting].filter(([, { until }]) => until > now).map(([id]) => id);
  }

  private async doChores(): Promise<void> {
    if (performance.now() < this.nextChores) return;
    this.nextChores = performance.now() + CHORES_MS;
    for (const chore of this.parts.chores ?? []) {
      await chore().catch((err: unknown) => this.parts.log.warn({ err }, 'hourly work failed'));
    }
  }
}
