import type { Logger } from 'pino';

/** A change feed that has not been read for this long is reported. */
const STALE_S = 5;
const REPEAT_S = 60;

/**
 * Reports a change log that can no longer be read: then no cached value is used, and subscribers receive nothing,
 * although everything else may seem healthy. Logs one warning after five seconds, one more each minute, and one line
 * when the log can be read again.
 */
export class FeedMonitor {
  private lastSuccess = performance.now();
  private lastWarning: number | null = null;
  private error: unknown;

  constructor(private readonly log: Logger) {}

  get ageSeconds(): number {
    return (performance.now() - this.lastSuccess) / 1_000;
  }

  succeeded(): void {
    const { ageSeconds } = this;
    this.lastSuccess = performance.now();
    this.error = undefined;
    if (this.lastWarning === null) return;
    this.lastWarning = null;
    this.log.info({ seconds: Math.round(ageSeconds) }, 'The change feed is read again');
  }

  failed(error: unknown): void {
    this.error = error;
  }

  check(): void {
    const { ageSeconds } = this;
    if (ageSeconds < STALE_S) return;
    const now = performance.now();
    if (this.lastWarning !== null && now - this.lastWarning < REPEAT_S * 1_000) return;
    this.lastWarning = now;
    this.log.warn(
      { seconds: Math.round(ageSeconds), err: this.error },
      'The change feed cannot be read: no response is cached, and subscribers receive nothing',
    );
  }
}
