import type pg from 'pg';

import type { ReadServers } from './read-servers.js';

/**
 * Behaves like a pool for readers: returns a connection of a replica if one is new enough, else of the primary.
 * Connection counts are those of the primary.
 */
export function replicatedPool(servers: ReadServers, primary: pg.Pool): pg.Pool {
  const connect = () => servers.connect();
  const query = async (
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult> => {
    const client = await connect();
    try {
      const result = await client.query(statement, values);
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
  const end = () => servers.close();
  const own: Partial<Record<PropertyKey, unknown>> = { connect, query, end };
  return new Proxy(primary, {
    get: (pool, name) => own[name] ?? (Reflect.get(pool, name, pool) as unknown),
  });
}
