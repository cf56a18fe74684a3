import { AsyncLocalStorage } from 'node:async_hooks';

/** The statements that were sent for one request. */
export interface Tally {
  statements: number;
  seconds: number;
}

/**
 * Attributes statements to requests. On Node 20 this costs time for every promise of the process, so it is enabled only
 * while a request that needs it is in progress.
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
