/**
 * Milliseconds since 1970, for instants that are meaningful outside this process. The clock may be adjusted in either
 * direction at any time, so never use it for waiting: measure durations with `performance.now()`.
 */
export function wallClockMs(): number {
  // eslint-disable-next-line no-restricted-properties -- the one place
  return Date.now();
}
