export interface SlowReadingOptions {
  /** How long a value is reused, in milliseconds. */
  readonly maxAgeMs: number;
  /** How long a reader of the metrics waits for a new value, in milliseconds. */
  readonly maxWaitMs: number;
}

/** Less than the second that a worker may take for all of its metrics. */
const DEFAULTS: SlowReadingOptions = { maxAgeMs: 5_000, maxWaitMs: 500 };

/** Limits a value that costs a statement to one read per interval; null if it is not known. Never rejects. */
export class SlowReading<T> {
  private known: { readonly value: T; readonly at: number } | null = null;
  private pending: Promise<void> | null = null;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly options: SlowReadingOptions = DEFAULTS,
  ) {}

  async value(): Promise<T | null> {
    if (this.fresh === null) await this.renewed();
    return this.fresh;
  }

  private get fresh(): T | null {
    const { known } = this;
    return known && performance.now() - known.at < this.options.maxAgeMs ? known.value : null;
  }

  private async renewed(): Promise<void> {
    this.pending ??= this.renew().finally(() => (this.pending = null));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.options.maxWaitMs);
    });
    await Promise.race([this.pending, late]);
    clearTimeout(timer);
  }

  private async renew(): Promise<void> {
    try {
      this.known = { value: await this.read(), at: performance.now() };
    } catch {
      // The database is away, which is logged elsewhere.
      this.known = null;
    }
  }
}
