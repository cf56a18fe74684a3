import type { Logger } from 'pino';

import type { ErrorReason } from '../../kernel/errors.js';

/** Why requests are refused that would be processed at a quieter time. */
const OVERLOAD: ReadonlySet<ErrorReason> = new Set([
  'OVERLOADED',
  'TOO_MANY_OPERATIONS',
  'RATE_LIMITED',
  'CONNECTIONS_TOO_MANY',
] as const);

export interface OverloadLogOptions {
  /** How long refusals are collected before the first line of an overload, in milliseconds. */
  readonly gatherMs: number;
  /** The minimum time between two lines, in milliseconds. */
  readonly windowMs: number;
}

const DEFAULTS: OverloadLogOptions = { gatherMs: 5_000, windowMs: 60_000 };

/** Reports the requests that were refused for overload: at most one line a minute, and none without refusals. */
export class OverloadLog {
  private readonly counts = new Map<ErrorReason, number>();
  private since = 0;
  private lastLine = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly log: Logger,
    private readonly options: OverloadLogOptions = DEFAULTS,
  ) {}

  /** Ignores refusals for other reasons. */
  add(reason: ErrorReason): void {
    if (!OVERLOAD.has(reason)) return;
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
    if (this.timer) return;
    const { gatherMs, windowMs } = this.options;
    this.since = performance.now();
    const wait = Math.max(gatherMs, this.lastLine + windowMs - this.since);
    this.timer = setTimeout(() => this.write(), wait).unref();
  }

  /** Writes the line that is due, if any. */
  stop(): void {
    if (this.timer) this.write();
  }

  private write(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.lastLine = performance.now();
    const refused = [...this.counts.values()].reduce((sum, count) => sum + count, 0);
    const reasons = Object.fromEntries(this.counts);
    this.counts.clear();
    const seconds = Math.round((this.lastLine - this.since) / 100) / 10;
    this.log.warn(
      { refused, reasons, seconds },
      `Overload: ${refused} ${refused === 1 ? 'request' : 'requests'} refused within ${seconds} s`,
    );
  }
}
