/**
 * Starts operations in the order of their arrival, one in each turn of the event loop. Node accepts one connection per
 * turn: if each turn executed an operation for every open connection, new connections would wait for seconds. See
 * docs/adr/0049-one-operation-per-turn.md.
 */
export class FairStart {
  private readonly waiting: (() => void)[] = [];

  /** Resolves when the operation may start. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === 1) setImmediate(this.next);
    });
  }

  private readonly next = (): void => {
    this.waiting.shift()?.();
    if (this.waiting.length > 0) setImmediate(this.next);
  };
}
