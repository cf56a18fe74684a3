import { setTimeout as pause } from 'node:timers/promises';

import { AppError } from '../../kernel/errors.js';
import type { ReadersOnlyOptions } from './pools.js';
import { type Addresses, isPrimaryAway } from './readers-only.js';

const MIN_PAUSE_MS = 500;
const MAX_PAUSE_MS = 5_000;

/** The result of a start on the primary: the owner's address, and the logins. */
export interface Prepared {
  readonly owner: string;
  readonly addresses: Addresses;
}

/**
 * Tries to start on the primary until it succeeds. Failures other than the primary's absence are logged.
 *
 * @param prepare migrates and ensures the logins
 * @param known the logins that this node reads with
 * @returns the owner's address; null if it was stopped
 */
export async function awaitPrimary(
  prepare: () => Promise<Prepared>,
  known: Addresses,
  { log }: ReadersOnlyOptions,
  signal: AbortSignal,
): Promise<string | null> {
  let reported = '';
  const report = (reason: string, err?: unknown): void => {
    if (reported === reason) return;
    reported = reason;
    log.warn({ reason, err }, 'The primary database server is back, but this node cannot use it');
  };
  for (let wait = MIN_PAUSE_MS; ; wait = Math.min(wait * 1.5, MAX_PAUSE_MS)) {
    await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return null;
    try {
      const { owner, addresses } = await prepare();
      if (isSame(addresses, known)) return owner;
      report('LOGINS_CHANGED');
    } catch (error) {
      if (!isPrimaryAway(error)) report(error instanceof AppError ? error.reason : '', error);
    }
  }
}

function isSame(one: Addresses, other: Addresses): boolean {
  return one.reader === other.reader && one.writer === other.writer;
}
