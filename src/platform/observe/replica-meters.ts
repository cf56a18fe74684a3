import type { Registry } from 'prom-client';

import { type Labels, registerFamily } from './series.js';

/** The current state of a replica. */
export interface ReplicaStatus {
  /** Its host and port, without a login. */
  readonly server: string;
  /** Null if it cannot be used. */
  readonly lagSeconds: number | null;
}

/** Replicas by their position in the setting. */
export class ReplicaMeters {
  private replicas: () => readonly ReplicaStatus[] = () => [];

  constructor(registry: Registry) {
    registerFamily(registry, {
      name: 'gateway_replicas_configured',
      help: 'Replicas in DATABASE_REPLICA_URLS.',
      type: 'gauge',
      aggregator: 'max',
      read: () => [{ labels: {}, value: this.replicas().length }],
    });
    registerFamily(registry, {
      name: 'gateway_replica_up',
      help: 'Whether a replica can be used (1) or not (0): it is away, promoted, or of another database.',
      type: 'gauge',
      aggregator: 'min',
      read: () =>
        this.labeled().map(({ labels, lagSeconds }) => {
          return { labels, value: lagSeconds === null ? 0 : 1 };
        }),
    });
    registerFamily(registry, {
      name: 'gateway_replica_lag_seconds',
      help: 'How long a replica has lacked a change that is known here; 0 where it has all. Absent while it is not up.',
      type: 'gauge',
      aggregator: 'max',
      read: () =>
        this.labeled().flatMap(({ labels, lagSeconds }) => {
          return lagSeconds === null ? [] : [{ labels, value: lagSeconds }];
        }),
    });
  }

  watch(replicas: () => readonly ReplicaStatus[]): void {
    this.replicas = replicas;
  }

  private labeled(): { labels: Labels; lagSeconds: number | null }[] {
    return this.replicas().map(({ server, lagSeconds }, index) => {
      return { labels: { replica: String(index), server }, lagSeconds };
    });
  }
}
