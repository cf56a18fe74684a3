import { setTimeout as pause } from 'node:timers/promises';

import { AppError } from '../../kernel/errors.js';
import { databaseCode } from './faults.js';

/** How long a migration waits for a lock, in milliseconds: new readers wait behind it meanwhile. */
export const LOCK_TIMEOUT_MS = 500;
const MIN_PAUSE_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** About five minutes in total. */
const MAX_ATTEMPTS = 60;

/** SQLSTATE of `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';

/** @param attempt the number of attempts so far, from 1 */
export type OnBlocked = (attempt: number) => void;

/**
 * Repeats work that gives up on a lock after a short time, with pauses in which the holders of the lock, and others
 * that wait for it, can proceed.
 *
 * @throws AppError MIGRATION_BLOCKED if the lock never becomes free; other errors of `work` are passed on
 */
export async function withLockRetries<T>(
  work: () => Promise<T>,
  onBlocked: OnBlocked = () => undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (databaseCode(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === MAX_ATTEMPTS) throw new AppError('MIGRATION_BLOCKED', {}, { cause: error });
      onBlocked(attempt);
      const maxPauseMs = Math.min(MIN_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
      await pause(maxPauseMs * (0.5 + Math.random() / 2));
    }
  }
}
