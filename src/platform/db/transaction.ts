import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { isConflict, isConnectionFault, isReadOnlyFault, namedFault } from './faults.js';

const ATTEMPTS = 5;

/**
 * Runs `work` in one READ COMMITTED transaction, and again (five times at most) where it met a
 * deadlock or a serialization failure: `work` must have no effects but those on the database. A
 * pooled connection that was cut while idle is no failure either: the next one is tried. So is one
 * that leads to a server that only reads, as after a failover: the address may lead elsewhere now.
 *
 * @throws AppError DATABASE_UNAVAILABLE, DATABASE_READ_ONLY, DATABASE_OUT_OF_RESOURCES or TIMEOUT;
 *   what else `work` throws comes through
 */
export async function withTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    let begun = false;
    try {
      return await dataSource.transaction('READ COMMITTED', async (manager) => {
        begun = true;
        try {
          return await work(manager);
        } catch (error) {
          if (isReadOnlyFault(error)) await dropConnection(manager);
          throw error;
        }
      });
    } catch (error) {
      const isUndone = isConflict(error) || isReadOnlyFault(error);
      const again = isUndone || (!begun && isConnectionFault(error));
      if (!again || attempt === ATTEMPTS) throw namedFault(error);
      // Unequal waits, so that the two do not meet again.
      await pause(Math.random() * 20 * attempt);
    }
  }
}

/** The pool takes back no client that has ended. */
async function dropConnection({ queryRunner }: EntityManager): Promise<void> {
  const client = (await queryRunner?.connect()) as pg.Client | undefined;
  await client?.end();
}
