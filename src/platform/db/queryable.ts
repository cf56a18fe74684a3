import type pg from 'pg';
import type { EntityManager } from 'typeorm';

import { namedFault } from './faults.js';

/** Whether a statement is planned once for all values, like most statements, or again for each. */
export type Planning = 'ONCE' | 'ANEW';

/** Anything that returns rows: a reader's snapshot, or a writer's transaction. */
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
 * Single statements, each over any connection of the pool: each rejects with AppError DATABASE_UNAVAILABLE or TIMEOUT
 * if the database is at fault.
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
