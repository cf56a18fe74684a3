import type { PoolName, StatementObserver } from '../db/observed-client.js';
import { Metrics, type MetricsOptions } from './metrics.js';
import type { OperationMeter } from './operation-meters.js';
import { type Tally, Tallies } from './tally.js';
import { Tracing } from './tracing.js';

export interface ObservedRequest {
  readonly headers: object;
  /** Whether the answer is to say what it cost. */
  readonly isStaff: boolean;
}

/** All that is watched of one app: its numbers, its traces, and what a request of staff costs. */
export class Observer implements StatementObserver {
  readonly metrics: Metrics;
  readonly tracing = new Tracing();
  private readonly tallies = new Tallies();

  constructor(options: MetricsOptions = {}) {
    this.metrics = new Metrics(options);
  }

  /** Everything that is done for one request of GraphQL. */
  request<T>({ headers, isStaff }: ObservedRequest, work: () => Promise<T>): Promise<T> {
    const tallied = isStaff ? () => this.tallies.during(work) : work;
    return this.tracing.request(headers, tallied);
  }

  /**
   * An answer that was kept whole was sent again, without {@link request}.
   *
   * @param meter of the operation's name; keep it beside the answer
   */
  servedFromCache(meter: OperationMeter, seconds: number): void {
    meter.servedFromCache(seconds);
    if (this.tracing.isOn) this.tracing.servedFromCache(meter.name, seconds);
  }

  /** The statements of the request that this is called within; only of staff's. */
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
