interface Window {
  suppressed: number;
}

/** How many kinds are counted apart; more would be no kinds. */
const MAX_KINDS = 100;

/** Writes the first line of a kind, and of all others within the same window only their number. */
export class LogThrottle {
  private readonly windows = new Map<string, Window>();

  /** @param windowMs how long a window is, in milliseconds */
  constructor(private readonly windowMs: number) {}

  /**
   * @param write writes the line; called at once, or never
   * @param summarize reports how many lines were not written; called at the end of a window that had any
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
      // As long as it goes on, the number is the one line of each window.
      this.open(kind, summarize);
      summarize(window.suppressed);
    };
    setTimeout(end, this.windowMs).unref();
  }
}
