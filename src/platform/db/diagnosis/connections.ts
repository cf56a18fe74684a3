import type pg from 'pg';

import type { DatabaseSettings } from '../pools.js';

/** In each process: change feed, catalogs and replicas, each with its own connection, and one spare. */
const LISTENERS = 4;

export interface ConnectionReport {
  /** The connections that all processes of this node may open. */
  readonly needed: number;
  /** The connections that the server allows to logins that are not superusers: the smallest of its limits. */
  readonly available: number;
}

/** The maximum number of connections of a node. The process that starts workers serves no requests, but has pools. */
export function neededConnections(
  { readPoolSize, writePoolSize }: DatabaseSettings,
  workers: number,
): number {
  // Pools of readers, of staff reads, and of writes.
  const ofProcess = 2 * readPoolSize + writePoolSize + LISTENERS;
  return workers > 1 ? workers * ofProcess + writePoolSize : ofProcess;
}

/** @param client not connected through a pooler, which has other limits */
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
