import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from 'pino';

import { AppError } from '../../kernel/errors.js';
import { clientKey, trustedProxies } from './client-address.js';

/** A value of 0 disables a limit. */
export interface OverloadLimits {
  /** Concurrent operations of one client. */
  readonly perClient: number;
  /** Points of one client per minute: {@link REQUEST_POINTS} for each request, plus the cost of its operation. */
  readonly pointsPerMinute: number;
  /** Concurrent operations of all clients, in this process. */
  readonly maxOperations: number;
  /** Maximum delay of the event loop in milliseconds, as the mean over one second. */
  readonly maxDelayMs: number;
  /** Addresses and blocks of proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
}

/**
 * One address may represent a newsroom, a ministry or a mobile network with thousands of readers: the points are enough
 * for about 3,000 lists of 20 or 15,000 releases a minute that are not served from the cache (a cached response costs
 * none), but for only ten of the heaviest operations. One client gets a tenth of the operations that a process accepts.
 * That many complete within about half a second, and another node serves further requests better.
 */
export const OVERLOAD_LIMITS: OverloadLimits = {
  perClient: 50,
  pointsPerMinute: 1_000_000,
  maxOperations: 500,
  maxDelayMs: 250,
  trustedProxies: [],
};

/** The cost of a request before its operation is known: it is read, parsed and refused. */
const REQUEST_POINTS = 10;
const MINUTE_S = 60;
const MEASURE_MS = 1_000;
/** Long enough for operations in progress to finish. */
const OVERLOAD_RETRY_S = 2;

/** An operation that may proceed. */
export interface Admitted {
  /** @throws AppError RATE_LIMITED if the client has too few points left; then none are taken */
  charge(cost: number): Promise<void>;
  /** Called when the operation has ended, whatever its outcome; may be called twice. */
  release(): void;
}

/**
 * Refuses requests beyond the limits, before any work is done for them. The limits apply to one process, so that
 * several processes accept a multiple of them.
 */
export class OverloadProtection {
  private readonly points: RateLimiterMemory | null;
  private readonly running = new Map<string, number>();
  private readonly trusted: BlockList;
  private readonly delay: IntervalHistogram | null;
  private readonly watch: NodeJS.Timeout | null;
  private total = 0;
  private isLate = false;
  private warned = false;

  constructor(
    private readonly settings: OverloadLimits,
    private readonly log: Logger,
  ) {
    const { pointsPerMinute, maxDelayMs } = settings;
    this.trusted = trustedProxies(settings.trustedProxies);
    this.points =
      pointsPerMinute > 0
        ? new RateLimiterMemory({ points: pointsPerMinute, duration: MINUTE_S })
        : null;
    this.delay = maxDelayMs > 0 ? monitorEventLoopDelay({ resolution: 20 }) : null;
    this.delay?.enable();
    this.watch = this.delay && setInterval(() => this.measure(), MEASURE_MS).unref();
  }

  /** The number of operations in progress. */
  get count(): number {
    return this.total;
  }

  /** @throws AppError OVERLOADED, TOO_MANY_OPERATIONS, RATE_LIMITED */
  async enter(request: IncomingMessage): Promise<Admitted> {
    const { perClient, maxOperations } = this.settings;
    if (this.isLate || (maxOperations > 0 && this.total >= maxOperations)) {
      throw new AppError('OVERLOADED', { seconds: OVERLOAD_RETRY_S });
    }
    const client = this.clientOf(request);
    const running = this.running.get(client) ?? 0;
    if (perClient > 0 && running >= perClient) {
      throw new AppError('TOO_MANY_OPERATIONS', { count: perClient, seconds: 1 });
    }
    this.running.set(client, running + 1);
    this.total += 1;
    const release = this.releaseOnce(client);
    try {
      await this.take(client, REQUEST_POINTS);
    } catch (error) {
      release();
      throw error;
    }
    return { release, charge: (cost) => this.take(client, cost) };
  }

  stop(): void {
    this.delay?.disable();
    if (this.watch) clearInterval(this.watch);
  }

  private clientOf(request: IncomingMessage): string {
    const isForwarded = request.headers['x-forwarded-for'] !== undefined;
    if (isForwarded && !this.warned && this.settings.trustedProxies.length === 0) {
      this.warned = true;
      this.log.warn('All who come through a proxy are one client: name it in TRUSTED_PROXIES');
    }
    return clientKey(request, this.trusted);
  }

  private releaseOnce(client: string): () => void {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.total -= 1;
      const others = (this.running.get(client) ?? 1) - 1;
      if (others > 0) this.running.set(client, others);
      else this.running.delete(client);
    };
  }

  private async take(client: string, points: number): Promise<void> {
    const { points: limiter } = this;
    if (!limiter) return;
    try {
      await limiter.consume(client, points);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      // Returns the points, so that a cheaper operation can run within the same minute.
      await limiter.reward(client, points);
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new AppError('RATE_LIMITED', { seconds });
    }
  }

  /** One long turn of the event loop is not an overload; a high mean delay is. */
  private measure(): void {
    const { delay } = this;
    if (!delay) return;
    this.isLate = delay.mean / 1e6 > this.settings.maxDelayMs;
    delay.reset();
  }
}
