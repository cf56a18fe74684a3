import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';

/** Advisory lock: one node at a time records a server. */
const RECORDING = 7_305_123;
/** Numbers that the lost history may have used. They are not used again, because caches compare them. */
const SKIPPED_REVISIONS = 10_000;

/** SQL condition: whether the database is on the last recorded server, without a restore since. */
export const ON_KNOWN_SERVER = `published.server_identity() IS NOT DISTINCT FROM
  (SELECT identity FROM published.server_history ORDER BY number DESC LIMIT 1)`;

const NEXT_NUMBER = '(SELECT max(number) + 1 FROM published.server_history)';

/** A schedule in a report. */
export interface ScheduledRelease {
  /** The number of the release, such as 305/12. */
  readonly number: string;
  readonly at: Date;
  readonly locales: readonly Locale[];
}

export interface ServerRecord {
  /** The last number of the change log in this database. */
  readonly seq: number;
  /** The schedules whose instant has passed, held back by this record. */
  readonly heldBack: readonly ScheduledRelease[];
}

/**
 * Records that the database is on another server or was restored, and holds back every schedule whose instant has
 * passed: it may have been cancelled after the point of the restore.
 *
 * @param kind FOUND: only if the server is not the last recorded one; RESTORED: in any case
 * @returns null if the server is the last recorded one
 */
export async function recordServer(
  manager: EntityManager,
  kind: 'FOUND' | 'RESTORED',
): Promise<ServerRecord | null> {
  await manager.query(`SELECT pg_advisory_xact_lock(${RECORDING})`);
  const heldBack = await manager.query<[ScheduledRelease[], number]>(
    `UPDATE authoring.schedule s SET state = 'HELD_BACK', unmet = '[]', held_back_reason = 'RESTORED'
       FROM authoring.release r
      WHERE r.id = s.release_id AND s.state = 'WAITING' AND s.at <= clock_timestamp()
        AND ($1 = 'RESTORED' OR NOT (${ON_KNOWN_SERVER}))
      RETURNING r.number, s.at, ARRAY(SELECT jsonb_object_keys(s.revisions)) AS locales`,
    [kind],
  );
  const [recorded] = await manager.query<{ seq: number }[]>(
    `INSERT INTO published.server_history (number, identity, seq, kind)
     SELECT ${NEXT_NUMBER}, published.server_identity(), seq, $1 FROM published.change_log_head
      WHERE $1 = 'RESTORED' OR NOT (${ON_KNOWN_SERVER})
     RETURNING seq`,
    [kind],
  );
  if (!recorded) return null;
  await manager.query(`UPDATE reference.revision SET number = number + ${SKIPPED_REVISIONS}`);
  await manager.query(
    `UPDATE authoring.catalog_revision SET number = number + ${SKIPPED_REVISIONS}`,
  );
  return { seq: recorded.seq, heldBack: heldBack[0] };
}

/** The waiting schedules, the next one first. */
export function listWaiting(manager: EntityManager): Promise<ScheduledRelease[]> {
  return manager.query(
    `SELECT r.number, s.at, ARRAY(SELECT jsonb_object_keys(s.revisions)) AS locales
       FROM authoring.schedule s JOIN authoring.release r ON r.id = s.release_id
      WHERE s.state = 'WAITING' ORDER BY s.at, r.number`,
  );
}
