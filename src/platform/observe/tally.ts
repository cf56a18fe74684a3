import { AsyncLocalStorage } from 'node:async_hooks';

/** The statements that were sent for one request. */
export interface Tally {
  statements: number;
  seconds: number;
}

/**
 * Knows for which request a statement is sent, where somebody wants to know. On Node 20 every promise of the process
 * pays for that, so it is switched on only while such a request is under way.
 */
export class Tallies {
  private readonly storage = new AsyncLocalStorage<Tally>();
  private underWay = 0;

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await this.storage.run({ statements: 0, seconds: 0 }, work);
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) this.storage.disable();
    }
  }

  current(): Tally | undefined {
    return this.underWay === 0 ? undefined : this.storage.getStore();
  }
}
