import type { Registry } from 'prom-client';

import { ERRORS } from '../../kernel/errors.js';
import { Durations, type Labels, type Sample, registerFamily } from './series.js';

/** The maximum number of series for names chosen by clients, so that new names cannot fill the memory. */
const MAX_NAMES = 100;
const MAX_NAME_LENGTH = 64;
/** The name for all further operations. */
const OTHER = 'other';
const UNNAMED = 'unnamed';
/** Operations that failed before their name was known, in parsing or validation. */
const UNKNOWN = 'unknown';

const OK = 'OK';
const CODES = new Set([
  OK,
  ...Object.values(ERRORS).map(({ code }) => code),
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The operations of one name. */
export class OperationMeter {
  private readonly codes = new Map<string, number>();
  private ok = 0;
  private readonly executed = new Durations();
  private readonly cached = new Durations();

  constructor(readonly name: string) {}

  /** @param code `OK`, or that of the first error */
  ran(code: string, seconds: number): void {
    if (code === OK) this.ok += 1;
    else {
      const known = CODES.has(code) ? code : 'INTERNAL_SERVER_ERROR';
      this.codes.set(known, (this.codes.get(known) ?? 0) + 1);
    }
    this.executed.add(seconds);
  }

  /** A cached response; only successful ones are cached. */
  servedFromCache(seconds: number): void {
    this.ok += 1;
    this.cached.add(seconds);
  }

  *totals(): Generator<Sample> {
    const { name: operation } = this;
    if (this.ok > 0) yield { labels: { operation, code: OK }, value: this.ok };
    for (const [code, value] of this.codes) yield { labels: { operation, code }, value };
  }

  *durations(name: string): Generator<Sample> {
    const labels = (source: string): Labels => ({ operation: this.name, source });
    if (this.executed.count > 0) yield* this.executed.samples(name, labels('executed'));
    if (this.cached.count > 0) yield* this.cached.samples(name, labels('cache'));
  }
}

/** Counts operations by name; the number of names is limited. */
export class OperationMeters {
  private readonly meters = new Map<string, OperationMeter>();
  private readonly room: number;
  private readonly other = new OperationMeter(OTHER);
  private readonly unnamed = new OperationMeter(UNNAMED);
  private readonly unknown = new OperationMeter(UNKNOWN);

  /** @param known names that always have their own series */
  constructor(registry: Registry, known: Iterable<string>) {
    for (const name of known) this.meters.set(name, new OperationMeter(name));
    this.room = this.meters.size + MAX_NAMES;
    registerFamily(registry, {
      name: 'gateway_operations_total',
      help: 'Operations completed, by name and code (OK, or that of the first error).',
      type: 'counter',
      read: () => this.all().flatMap((meter) => [...meter.totals()]),
    });
    const name = 'gateway_operation_duration_seconds';
    registerFamily(registry, {
      name,
      help: 'How long operations took; source: executed, or cache for a cached response.',
      type: 'histogram',
      read: () => this.all().flatMap((meter) => [...meter.durations(name)]),
    });
  }

  /**
   * The meter of a valid operation. Find it once and store it with the operation.
   *
   * @param name null for an operation without one
   */
  of(name: string | null | undefined): OperationMeter {
    if (name === null || name === undefined) return this.unnamed;
    return this.meters.get(name) ?? this.added(name);
  }

  ofUnknown(): OperationMeter {
    return this.unknown;
  }

  private added(name: string): OperationMeter {
    if (this.meters.size >= this.room || name.length > MAX_NAME_LENGTH) return this.other;
    const meter = new OperationMeter(name);
    this.meters.set(name, meter);
    return meter;
  }

  private all(): OperationMeter[] {
    return [...this.meters.values(), this.other, this.unnamed, this.unknown];
  }
}
