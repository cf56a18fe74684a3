import type { Registry } from 'prom-client';

import { type Sample, registerFamily } from './series.js';

/** Whole responses, pages of lists, releases, texts, and parsed documents. */
export const CACHE_LAYERS = ['answer', 'list', 'release', 'text', 'document'] as const;
export type CacheLayer = (typeof CACHE_LAYERS)[number];

export interface CacheSize {
  readonly entries: number;
  readonly bytes: number;
}

/** The counts of one layer of caches. */
export class CacheMeter {
  hits = 0;
  misses = 0;
  /** Because the cache was full. */
  evictions = 0;
  /** Because a dependency has changed. */
  invalidations = 0;
  private size: (() => CacheSize) | null = null;

  hit(): void {
    this.hits += 1;
  }

  miss(): void {
    this.misses += 1;
  }

  evicted(count = 1): void {
    this.evictions += count;
  }

  invalidated(count = 1): void {
    this.invalidations += count;
  }

  /** @param size called only when the metrics are read */
  measure(size: () => CacheSize): void {
    this.size = size;
  }

  measured(): CacheSize | null {
    return this.size?.() ?? null;
  }
}

export class CacheMeters {
  private readonly meters = new Map(CACHE_LAYERS.map((layer) => [layer, new CacheMeter()]));

  constructor(registry: Registry) {
    registerFamily(registry, {
      name: 'gateway_cache_requests_total',
      help: 'Cache lookups, by layer and result (hit, miss).',
      type: 'counter',
      read: () =>
        this.samples('result', ({ hits, misses }) => [
          ['hit', hits],
          ['miss', misses],
        ]),
    });
    registerFamily(registry, {
      name: 'gateway_cache_drops_total',
      help: 'Entries removed from a cache, by layer and reason (evicted because it was full, invalidated by a change).',
      type: 'counter',
      read: () =>
        this.samples('reason', ({ evictions, invalidations }) => [
          ['evicted', evictions],
          ['invalidated', invalidations],
        ]),
    });
    for (const unit of ['entries', 'bytes'] as const) {
      registerFamily(registry, {
        name: `gateway_cache_${unit}`,
        help: `The size of a cache in ${unit}, by layer.`,
        type: 'gauge',
        read: () => this.sizes(unit),
      });
    }
  }

  of(layer: CacheLayer): CacheMeter {
    return this.meters.get(layer) as CacheMeter;
  }

  private *samples(
    label: string,
    read: (meter: CacheMeter) => [string, number][],
  ): Generator<Sample> {
    for (const [layer, meter] of this.meters) {
      for (const [word, value] of read(meter)) yield { labels: { layer, [label]: word }, value };
    }
  }

  private *sizes(unit: keyof CacheSize): Generator<Sample> {
    for (const [layer, meter] of this.meters) {
      const size = meter.measured();
      if (size) yield { labels: { layer }, value: size[unit] };
    }
  }
}
