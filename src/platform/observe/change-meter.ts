import type { Registry } from 'prom-client';

import { registerFamily } from './series.js';
import { wallClockMs } from '../../kernel/wall-clock.js';

/** How far this process has followed the change log. */
export class ChangeMeter {
  private position = 0;
  private lag = 0;
  private age: () => number = () => 0;

  constructor(registry: Registry) {
    const gauge = (name: string, help: string, read: () => number): void =>
      registerFamily(registry, {
        name,
        help,
        type: 'gauge',
        aggregator: 'max',
        read: () => [{ labels: {}, value: read() }],
      });
    gauge(
      'gateway_change_log_position',
      'The number of the newest change that this node has applied.',
      () => this.position,
    );
    gauge(
      'gateway_sync_lag_seconds',
      'Deprecated, gone in the next release: use gateway_change_feed_age_seconds. From the commit of the newest change until this node applied it, large after a restart and unchanged while the feed is dead.',
      () => this.lag,
    );
    gauge(
      'gateway_change_feed_age_seconds',
      'Seconds since the change log was last read with success, usually less than one.',
      () => this.age(),
    );
  }

  watchFeed(age: () => number): void {
    this.age = age;
  }

  /** @param at when the change was committed, by the database's clock: the lag includes the difference of the clocks */
  applied(seq: number, at: Date, now = wallClockMs()): void {
    this.position = seq;
    this.lag = Math.max(0, (now - at.getTime()) / 1000);
  }
}
