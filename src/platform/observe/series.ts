import type { Metric, Registry } from 'prom-client';

export type Labels = Readonly<Record<string, string>>;

/** One line of the exposition: a number with its labels. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** If it differs from that of the family, as for the parts of a histogram. */
  readonly metricName?: string;
}

/** How the values of several processes are combined. */
type Aggregator = 'sum' | 'max' | 'min';

export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly aggregator?: Aggregator;
  /** Called for each scrape. */
  readonly read: () => Iterable<Sample> | Promise<Iterable<Sample>>;
}

/**
 * Registers metrics that are counted elsewhere. Counters of prom-client look up their labels at every increment, which
 * is too slow for cached responses: here, counting is `+= 1` on a field.
 */
export function registerFamily(registry: Registry, family: Family): void {
  const { name, help, type, aggregator = 'sum', read } = family;
  const get = async () => ({ name, help, type, aggregator, values: [...(await read())] });
  registry.registerMetric({ name, get } as unknown as Metric);
}

/** In seconds: from a cached response to one that was aborted. */
const BOUNDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;

/** A histogram of durations. */
export class Durations {
  private readonly counts = new Float64Array(BOUNDS.length + 1);
  private sum = 0;

  add(seconds: number): void {
    let at = 0;
    while (at < BOUNDS.length && seconds > (BOUNDS[at] as number)) at += 1;
    (this.counts[at] as number) += 1;
    this.sum += seconds;
  }

  get count(): number {
    return this.counts.reduce((total, count) => total + count, 0);
  }

  /** As Prometheus requires: each bucket includes the smaller ones. */
  *samples(name: string, labels: Labels): Generator<Sample> {
    let total = 0;
    for (const [at, count] of this.counts.entries()) {
      total += count;
      const le = at < BOUNDS.length ? String(BOUNDS[at]) : '+Inf';
      yield { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
    }
    yield { metricName: `${name}_sum`, labels, value: this.sum };
    yield { metricName: `${name}_count`, labels, value: total };
  }
}
