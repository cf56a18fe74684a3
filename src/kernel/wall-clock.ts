/**
 * Milliseconds since 1970, for instants that mean something outside of this process. The clock may be set back or
 * forth at any time, so nothing may wait by it: durations are measured by `performance.now()`.
 */
export function wallClockMs(): number {
  // eslint-disable-next-line no-restricted-properties -- the one place
  return Date.now();
}
