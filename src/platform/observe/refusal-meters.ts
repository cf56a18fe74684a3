import type { Registry } from 'prom-client';

import { type ErrorReason, ERRORS } from '../../kernel/errors.js';
import { registerFamily } from './series.js';

/** Requests and operations that got an error instead of a result, by its reason. */
export class RefusalMeters {
  private readonly counts = new Map<ErrorReason, number>();

  constructor(registry: Registry) {
    registerFamily(registry, {
      name: 'gateway_refusals_total',
      help: 'Requests and operations that were refused or failed, by code and reason of the first error.',
      type: 'counter',
      read: () =>
        [...this.counts].map(([reason, value]) => {
          return { labels: { code: ERRORS[reason].code, reason }, value };
        }),
    });
  }

  add(reason: ErrorReason): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1);
  }
}
