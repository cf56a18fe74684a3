import type { Registry } from 'prom-client';

import { type Sample, registerFamily } from './series.js';

const FIRST_STATUS = 100;
const LAST_STATUS = 599;
/** For requests that match no route, or are not valid HTTP. */
const OTHER = 'other';

/** The responses of one route. Counting is a single addition: without allocation or lookup. */
export class RouteMeter {
  private readonly counts = new Float64Array(LAST_STATUS - FIRST_STATUS + 1);

  constructor(readonly route: string) {}

  responded(status: number): void {
    (this.counts[status - FIRST_STATUS] as number) += 1;
  }

  *samples(): Generator<Sample> {
    for (const [index, value] of this.counts.entries()) {
      if (value === 0) continue;
      yield { labels: { route: this.route, status: String(FIRST_STATUS + index) }, value };
    }
  }
}

/** Responses by the pattern of their route and by status. */
export class HttpMeters {
  private readonly meters = new Map<string, RouteMeter>();
  readonly graphql = this.of('/graphql');
  readonly other = this.of(OTHER);

  constructor(registry: Registry) {
    registerFamily(registry, {
      name: 'gateway_http_requests_total',
      help: 'HTTP responses, by pattern of the route (other: no route) and status.',
      type: 'counter',
      read: () => [...this.meters.values()].flatMap((meter) => [...meter.samples()]),
    });
  }

  /** @param pattern of a route, never a path: each has its own series; undefined if no route matches */
  of(pattern: string | undefined): RouteMeter {
    if (pattern === undefined) return this.other;
    let meter = this.meters.get(pattern);
    if (!meter) this.meters.set(pattern, (meter = new RouteMeter(pattern)));
    return meter;
  }
}
