/** A value or a promise of it: a cached value is available synchronously, without waiting for a microtask. */
export type MaybePromise<T> = T | Promise<T>;

/** Applies `next` synchronously if the value is available. */
export function mapMaybe<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => R | Promise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** All values, synchronously if all are available. */
export function allMaybe<T>(values: readonly MaybePromise<T>[]): MaybePromise<T[]> {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values)
    : (values as readonly T[]).slice();
}
