/** How many releases are written at a time: enough to keep the database busy on two cores. */
const AT_ONCE = 4;

/**
 * Works on several items at a time and gives the results in the order of the items. At most a handful of items are
 * held, so memory stays bounded however many come.
 */
export async function* inOrderOfArrival<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // Awaited below in its turn; a failure must not count as unhandled until then.
      result.catch(() => undefined);
      running.push(result);
      if (running.length < AT_ONCE) continue;
      yield await first(running);
    }
    while (running.length > 0) yield await first(running);
  } finally {
    // Whoever stops early still finds nothing half done.
    await Promise.allSettled(running);
  }
}

/** Stays in the list until it is done. */
async function first<R>(running: Promise<R>[]): Promise<R> {
  try {
    return await (running[0] as Promise<R>);
  } finally {
    void running.shift();
  }
}

/** Lets works of one name follow each other, while others go on. */
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
