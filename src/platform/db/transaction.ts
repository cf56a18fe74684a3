import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { isConflict, isConnectionFault, namedFault } from './faults.js';

const ATTEMPTS = 5;

/**
 * Runs `work` in one READ COMMITTED transaction, and again (five times at most) where it met a
 * deadlock or a serialization failure: `work` must have no effects but those on the database. A
 * pooled connection that was cut while idle is no failure either: the next one is tried.
 *
 * @throws AppError DATABASE_UNAVAILABLE or TIMEOUT; what else `work` throws comes through
 */
export async function withTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let begun = false;
    try {
      return await dataSource.transaction('READ COMMITTED', (manager) => {
        begun = true;
        return work(manager);
      });
    } catch (error) {
      const again = isConflict(error) || (!begun && isConnectionFault(error));
      if (!again || attempt === ATTEMPTS) throw namedFault(error);
      // Unequal waits, so that the two do not meet again.
      await pause(Math.random() * 20 * attempt);
    }
  }
}
