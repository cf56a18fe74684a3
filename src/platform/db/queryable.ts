import type pg from 'pg';
import type { EntityManager } from 'typeorm';

import { namedFault } from './faults.js';

/** Whether a statement is planned once for all values, as most are, or anew for each. */
export type Planning = 'ONCE' | 'ANEW';

/** Anything that answers with rows: a reader's snapshot, or a writer's transaction. */
export interface Queryable {
  query<T extends object>(
    text: string,
    values: readonly unknown[],
    planning?: Planning,
  ): Promise<T[]>;
}

export function queryableOf(manager: EntityManager): Queryable {
  return { query: (text, values) => manager.query(text, [...values]) };
}

/**
 * Statements of their own, each over a connection of the pool: each rejects with AppError DATABASE_UNAVAILABLE or
 * TIMEOUT where the database is at fault.
 */
export function queryableOfPool(pool: pg.Pool): Queryable {
  return {
    async query<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
      try {
        return (await pool.query<T>(text, [...values])).rows;
      } catch (error) {
        throw namedFault(error);
      }
    },
  };
}
