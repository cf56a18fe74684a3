import type pg from 'pg';

import type { DatabaseSettings } from '../pools.js';

/** Of each process: change feed, catalogs, replicas, each with a connection of its own, and one to spare. */
const LISTENERS = 4;

export interface ConnectionReport {
  /** What all processes of this node may open. */
  readonly needed: number;
  /** What the server gives to logins that are no superusers, by the narrowest of its limits. */
  readonly available: number;
}

/** How many connections a node opens at most. The process that starts workers serves nobody, but has pools too. */
export function neededConnections(
  { readPoolSize, writePoolSize }: DatabaseSettings,
  workers: number,
): number {
  // Readers, what staff read, and what is written.
  const ofProcess = 2 * readPoolSize + writePoolSize + LISTENERS;
  return workers > 1 ? workers * ofProcess + writePoolSize : ofProcess;
}

/** @param client without a pooler in between, whose limits are its own */
export async function inspectConnections(
  client: pg.Client,
  settings: DatabaseSettings,
  workers: number,
): Promise<ConnectionReport> {
  const { rows } = await client.query<{ available: number }>(
    `SELECT least(
              current_setting('max_connections')::int
                - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true)::int, 0),
              (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()),
              (SELECT sum(rolconnlimit) FROM pg_roles
                WHERE rolname ~ '^gateway_(reader|writer)_' AND pg_has_role(oid, 'USAGE')
               HAVING bool_and(rolconnlimit >= 0))
            )::int AS available`,
  );
  return { needed: neededConnections(settings, workers), available: rows[0]?.available ?? 0 };
}
