import type { Registry } from 'prom-client';

import { POOL_NAMES, type PoolName } from '../db/observed-client.js';
import { Durations, type Sample, registerFamily } from './series.js';

/** The counts that a pool of `pg` provides. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export type Pools = Readonly<Partial<Record<PoolName, PoolCounts>>>;

class PoolMeter {
  failed = 0;
  readonly durations = new Durations();
}

/** Statements and connections, by pool. */
export class DatabaseMeters {
  private readonly meters = new Map(POOL_NAMES.map((pool) => [pool, new PoolMeter()]));
  private pools: Pools = {};

  constructor(registry: Registry) {
    const duration = 'gateway_sql_duration_seconds';
    registerFamily(registry, {
      name: 'gateway_sql_statements_total',
      help: 'Statements completed by the database, including BEGIN and COMMIT, by pool and outcome (ok, error).',
      type: 'counter',
      read: () => this.statements(),
    });
    registerFamily(registry, {
      name: duration,
      help: 'From sending a statement to its result, by pool.',
      type: 'histogram',
      read: () => this.durations(duration),
    });
    registerFamily(registry, {
      name: 'gateway_pool_connections',
      help: 'Connections by pool and state (busy, idle).',
      type: 'gauge',
      read: () => this.connections(),
    });
    registerFamily(registry, {
      name: 'gateway_pool_waiting',
      help: 'Callers that wait for a connection, by pool.',
      type: 'gauge',
      read: () => this.waiting(),
    });
  }

  /** From now on the connections of these pools are counted. */
  watch(pools: Pools): void {
    this.pools = pools;
  }

  completed(pool: PoolName, seconds: number, failed: boolean): void {
    const meter = this.meters.get(pool) as PoolMeter;
    meter.durations.add(seconds);
    if (failed) meter.failed += 1;
  }

  private *statements(): Generator<Sample> {
    for (const [pool, { durations, failed }] of this.meters) {
      yield { labels: { pool, outcome: 'ok' }, value: durations.count - failed };
      yield { labels: { pool, outcome: 'error' }, value: failed };
    }
  }

  private *durations(name: string): Generator<Sample> {
    for (const [pool, { durations }] of this.meters) yield* durations.samples(name, { pool });
  }

  private *connections(): Generator<Sample> {
    for (const [pool, { totalCount, idleCount }] of Object.entries(this.pools)) {
      yield { labels: { pool, state: 'busy' }, value: totalCount - idleCount };
      yield { labels: { pool, state: 'idle' }, value: idleCount };
    }
  }

  private *waiting(): Generator<Sample> {
    for (const [pool, { waitingCount }] of Object.entries(this.pools)) {
      yield { labels: { pool }, value: waitingCount };
    }
  }
}
