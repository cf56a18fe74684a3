import type { Registry } from 'prom-client';

import { type Sample, registerFamily } from './series.js';
import { SlowReading } from './slow-reading.js';

/** Schedules by state. */
export interface ScheduleCounts {
  /** Not published yet, including overdue ones. */
  readonly waiting: number;
  /** Due for more than a minute. */
  readonly overdue: number;
  /** Not published at their time, for a reason that staff must resolve. */
  readonly heldBack: number;
}

/** Schedules of all nodes; absent while the database is away. */
export class ScheduleMeters {
  private reading: SlowReading<ScheduleCounts | null> | null = null;

  constructor(registry: Registry) {
    registerFamily(registry, {
      name: 'gateway_schedules',
      help: 'Schedules of all nodes by state: waiting, overdue (waiting for more than a minute after their time), held_back.',
      type: 'gauge',
      aggregator: 'max',
      read: () => this.samples(),
    });
  }

  watch(count: () => Promise<ScheduleCounts | null>): void {
    this.reading = new SlowReading(count);
  }

  private async samples(): Promise<Sample[]> {
    const counts = await this.reading?.value();
    if (!counts) return [];
    const { waiting, overdue, heldBack: held_back } = counts;
    return Object.entries({ waiting, overdue, held_back }).map(([state, value]) => {
      return { labels: { state }, value };
    });
  }
}
