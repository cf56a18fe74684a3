import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { isConflict, isConnectionFault, isReadOnlyFault, namedFault } from './faults.js';

const ATTEMPTS = 5;

/**
 * Runs `work` in one READ COMMITTED transaction, and repeats it (at most five times) after a deadlock or a
 * serialization failure: `work` must have no effects except on the database. A pooled connection that was closed while
 * idle is not a failure either: the next one is tried. The same applies to one that leads to a read-only server, for
 * example after a failover: the address may lead to another server now.
 *
 * @throws AppError DATABASE_UNAVAILABLE, DATABASE_READ_ONLY, DATABASE_OUT_OF_RESOURCES or TIMEOUT;
 *   other errors of `work` are passed on
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
      // Random pauses, so that the two do not conflict again.
      await pause(Math.random() * 20 * attempt);
    }
  }
}

/** A pool does not reuse a client that has ended. */
async function dropConnection({ queryRunner }: EntityManager): Promise<void> {
  const client = (await queryRunner?.connect()) as pg.Client | undefined;
  await client?.end();
}
