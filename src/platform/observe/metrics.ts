import { collectDefaultMetrics, Registry } from 'prom-client';

import { CacheMeters, type CacheLayer, type CacheMeter } from './cache-meters.js';
import { ChangeMeter } from './change-meter.js';
import { DatabaseMeters } from './database-meters.js';
import { HttpMeters } from './http-meters.js';
import { OperationMeters } from './operation-meters.js';
import { RefusalMeters } from './refusal-meters.js';
import { ReplicaMeters } from './replica-meters.js';
import { ScheduleMeters } from './schedule-meters.js';
import { registerFamily } from './series.js';

export interface MetricsOptions {
  /** Names of operations that always have their own series. */
  readonly operations?: Iterable<string>;
  /** The version of the program; without it, no series has one. */
  readonly version?: string;
}

/** A metric family in the form that prom-client sends from one process to another. */
export type TransportedFamily = Readonly<Record<string, unknown>>;

/**
 * The metrics of one app, in its own registry. Counting costs one addition whether or not the metrics are read, so
 * there is no variant that counts nothing.
 */
export class Metrics {
  private readonly registry = new Registry();
  readonly operations: OperationMeters;
  readonly http: HttpMeters;
  readonly refusals: RefusalMeters;
  readonly database: DatabaseMeters;
  readonly changes: ChangeMeter;
  readonly replicas: ReplicaMeters;
  readonly schedules: ScheduleMeters;
  private readonly caches: CacheMeters;
  private liveConnections: () => number = () => 0;
  private ofProcess = false;

  constructor({ operations = [], version }: MetricsOptions = {}) {
    const { registry } = this;
    this.operations = new OperationMeters(registry, operations);
    this.http = new HttpMeters(registry);
    this.refusals = new RefusalMeters(registry);
    this.caches = new CacheMeters(registry);
    this.database = new DatabaseMeters(registry);
    this.changes = new ChangeMeter(registry);
    this.replicas = new ReplicaMeters(registry);
    this.schedules = new ScheduleMeters(registry);
    registerFamily(registry, {
      name: 'gateway_live_connections',
      help: 'WebSockets and event streams that are open.',
      type: 'gauge',
      read: () => [{ labels: {}, value: this.liveConnections() }],
    });
    registerFamily(registry, {
      name: 'gateway_build_info',
      help: 'Always 1; the label is the version of the program.',
      type: 'gauge',
      aggregator: 'max',
      read: () => (version === undefined ? [] : [{ labels: { version }, value: 1 }]),
    });
  }

  cache(layer: CacheLayer): CacheMeter {
    return this.caches.of(layer);
  }

  watchLive(count: () => number): void {
    this.liveConnections = count;
  }

  /** From now on also collects metrics of the process: memory, CPU, event loop lag, garbage collection. */
  watchProcess(): void {
    if (this.ofProcess) return;
    this.ofProcess = true;
    collectDefaultMetrics({ register: this.registry });
  }

  /** In the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** For {@link aggregated}, in another process. */
  async forTransport(): Promise<TransportedFamily[]> {
    return (await this.registry.getMetricsAsJSON()) as unknown as TransportedFamily[];
  }
}
