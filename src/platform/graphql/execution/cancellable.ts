/**
 * A stream whose `return()` takes effect at once: a plain async generator would first finish what it is waiting for.
 *
 * @param make must end soon after the signal is aborted
 */
export function cancellable<T>(
  make: (signal: AbortSignal) => AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  const controller = new AbortController();
  const inner = make(controller.signal);
  const stream: AsyncGenerator<T, void, void> = {
    next: () => inner.next(),
    return() {
      controller.abort();
      return inner.return();
    },
    throw(error) {
      controller.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]: () => stream,
    async [Symbol.asyncDispose]() {
      await stream.return();
    },
  };
  return stream;
}
