import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** npm forwards a Ctrl+C that the terminal has already sent to this process: two within this time count as one. */
const SAME_WISH_MS = 1_000;

/**
 * Calls `stop` at the first termination signal. A later one ends the process immediately.
 *
 * @returns a function that removes the signal handlers
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
