/** How many releases are written concurrently: enough to keep the database busy on two cores. */
const AT_ONCE = 4;

/**
 * Works on several items concurrently and yields the results in the order of the items. At most `AT_ONCE` items
 * are in progress, so memory stays bounded for any number of items.
 */
export async function* inOrderOfArrival<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Awaited below in its turn; until then, a failure must not count as an unhandled rejection.
      result.catch(() => undefined);
      running.push(result);
      if (running.length < AT_ONCE) continue;
      yield await first(running);
    }
    while (running.length > 0) yield await first(running);
  } finally {
    // A caller that stops early must not leave unfinished work behind.
    await Promise.allSettled(running);
  }
}

/** The item stays in the list until it is done. */
async function first<R>(running: Promise<R>[]): Promise<R> {
  try {
    return await (running[0] as Promise<R>);
  } finally {
    void running.shift();
  }
}

/** Runs tasks with the same name one after another, while others run concurrently. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  async take<R>(name: string, work: () => Promise<R>): Promise<R> {
    const before = this.last.get(name) ?? Promise.resolve();
    const result = before.then(work, work);
    this.last.set(name, result);
    try {
      return await result;
    } finally {
      if (this.last.get(name) === result) this.last.delete(name);
    }
  }
}
