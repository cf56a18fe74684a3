import type { PoolName, StatementObserver } from '../db/observed-client.js';
import { Metrics, type MetricsOptions } from './metrics.js';
import type { OperationMeter } from './operation-meters.js';
import { type Tally, Tallies } from './tally.js';
import { Tracing } from './tracing.js';

export interface ObservedRequest {
  readonly headers: object;
  /** Whether the response reports its cost. */
  readonly isStaff: boolean;
}

/** The observability of one app: its metrics, its traces, and the cost of each request of staff. */
export class Observer implements StatementObserver {
  readonly metrics: Metrics;
  readonly tracing = new Tracing();
  private readonly tallies = new Tallies();

  constructor(options: MetricsOptions = {}) {
    this.metrics = new Metrics(options);
  }

  /** Runs the work of one GraphQL request. */
  request<T>({ headers, isStaff }: ObservedRequest, work: () => Promise<T>): Promise<T> {
    const tallied = isStaff ? () => this.tallies.during(work) : work;
    return this.tracing.request(headers, tallied);
  }

  /**
   * Counts a cached response that was sent again, without {@link request}.
   *
   * @param meter of the operation's name; store it with the response
   */
  servedFromCache(meter: OperationMeter, seconds: number): void {
    meter.servedFromCache(seconds);
    if (this.tracing.isOn) this.tracing.servedFromCache(meter.name, seconds);
  }

  /** The statements of the current request; undefined unless it is a request of staff. */
  tally(): Tally | undefined {
    return this.tallies.current();
  }

  sent(pool: PoolName, text: string): (failed: boolean) => void {
    const tally = this.tallies.current();
    const span = this.tracing.statement(pool, text);
    const begun = performance.now();
    return (failed) => {
      const seconds = (performance.now() - begun) / 1000;
      this.metrics.database.completed(pool, seconds, failed);
      span?.end(failed);
      if (!tally) return;
      tally.statements += 1;
      tally.seconds += seconds;
    };
  }
}
