import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** npm passes a Ctrl+C on that the terminal has sent to us already: two at once are one. */
const SAME_WISH_MS = 1_000;

/**
 * Calls `stop` at the first signal to end. Whoever sends another one later will not wait: it ends the process at once.
 *
 * @returns a function that takes no notice of signals any more
 */
export function onStopSignal(stop: () => void): () => void {
  let first: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (first === null) {
      first = now;
      stop();
    } else if (now - first > SAME_WISH_MS) {
      process.exit(128 + constants.signals[signal]);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
