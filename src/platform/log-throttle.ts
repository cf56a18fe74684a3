interface Window {
  suppressed: number;
}

/** The maximum number of kinds that are counted separately. */
const MAX_KINDS = 100;

/** Writes the first line of a kind, and reports only the number of further lines within the same window. */
export class LogThrottle {
  private readonly windows = new Map<string, Window>();

  /** @param windowMs the length of a window, in milliseconds */
  constructor(private readonly windowMs: number) {}

  /**
   * @param write writes the line; called at once, or never
   * @param summarize reports how many lines were not written; called at the end of a window that suppressed any
   */
  add(kind: string, write: () => void, summarize: (suppressed: number) => void): void {
    const open = this.windows.get(kind);
    if (open) {
      open.suppressed += 1;
      return;
    }
    if (this.windows.size < MAX_KINDS) this.open(kind, summarize);
    write();
  }

  private open(kind: string, summarize: (suppressed: number) => void): void {
    const window: Window = { suppressed: 0 };
    this.windows.set(kind, window);
    const end = (): void => {
      this.windows.delete(kind);
      if (window.suppressed === 0) return;
      // As long as it continues, each window logs only the number.
      this.open(kind, summarize);
      summarize(window.suppressed);
    };
    setTimeout(end, this.windowMs).unref();
  }
}
