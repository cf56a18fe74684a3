import { hasLogin, withLoginOf } from '../addresses.js';
import { singleClient } from '../pools.js';
import { checkReplica } from '../same-database.js';

export interface ReplicaReport {
  readonly host: string;
  readonly state: 'REPLAYS' | 'UNREACHABLE' | 'PROMOTED';
  /** Seconds since the newest transaction that it has replayed; 0 if it has replayed everything that it received. */
  readonly lagSeconds: number;
}

/**
 * @param reader the primary's address with a login that also exists on replicas
 * @throws AppError DATABASE_MISMATCH
 */
export async function inspectReplica(reader: string, address: string): Promise<ReplicaReport> {
  const url = hasLogin(address) ? address : withLoginOf(reader, address);
  const { host } = new URL(url);
  const client = singleClient(url);
  try {
    await client.connect();
    await checkReplica(reader, url);
    const { rows } = await client.query<{ replays: boolean; lag: number }>(
      `SELECT pg_is_in_recovery() AS replays,
              CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                   ELSE coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0)
              END::float8 AS lag`,
    );
    const state = rows[0]?.replays === true ? 'REPLAYS' : 'PROMOTED';
    return { host, state, lagSeconds: rows[0]?.lag ?? 0 };
  } catch (error) {
    if ((error as { reason?: string }).reason !== undefined) throw error;
    return { host, state: 'UNREACHABLE', lagSeconds: 0 };
  } finally {
    await client.end().catch(() => undefined);
  }
}
