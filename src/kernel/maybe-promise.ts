/** A value that is there, or will be: who has it at hand need not make everybody wait for a turn. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value at once where it is there. */
export function mapMaybe<T, R>(
  value: MaybePromise<T>,
  next: (value: T) => R | Promise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** All of them, at once where all are there. */
export function allMaybe<T>(values: readonly MaybePromise<T>[]): MaybePromise<T[]> {
  return values.some((value) => value instanceof Promise)
    ? Promise.all(values)
    : (values as readonly T[]).slice();
}
