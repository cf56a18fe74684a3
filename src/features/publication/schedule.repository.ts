import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { CorrectionNotes } from './correction-row.js';
import type { Pins } from './material.repository.js';
import type { UnmetRule, Waiver } from './readiness.policy.js';
import { ON_KNOWN_SERVER } from './server-history.repository.js';

/** A scheduled edition: at most one for a release. */
export interface Schedule {
  readonly releaseId: string;
  readonly at: Date;
  readonly pins: Pins;
  readonly waivers: readonly Waiver[];
  /** For readers, with the edition. */
  readonly notes: CorrectionNotes;
  readonly by: string;
}

/** Replaces an existing schedule. The caller has locked the release. */
export async function putSchedule(
  manager: EntityManager,
  { releaseId, at, pins, waivers, notes, by }: Schedule,
): Promise<void> {
  await manager.query(
    `INSERT INTO authoring.schedule (release_id, at, revisions, waivers, by, correction_notes)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (release_id) DO UPDATE
       SET at = $2, revisions = $3, waivers = $4, by = $5, correction_notes = $6, state = 'WAITING', unmet = '[]',
           held_back_reason = NULL, made_at = now()`,
    [releaseId, at, JSON.stringify(pins), JSON.stringify(waivers), by, JSON.stringify(notes)],
  );
}

/** @returns whether a schedule was removed */
export async function removeSchedule(manager: EntityManager, releaseId: string): Promise<boolean> {
  const [rows] = await manager.query<[object[], number]>(
    'DELETE FROM authoring.schedule WHERE release_id = $1 RETURNING release_id',
    [releaseId],
  );
  return rows.length > 0;
}

/** Removes a schedule that was held back and whose locales were now published by hand. A waiting one stays. */
export async function removeFulfilled(
  manager: EntityManager,
  releaseId: string,
  published: readonly Locale[],
): Promise<void> {
  await manager.query(
    `DELETE FROM authoring.schedule
      WHERE release_id = $1 AND state = 'HELD_BACK' AND revisions - $2::text[] = '{}'`,
    [releaseId, published],
  );
}

/** A schedule must not publish retracted texts again. @param locales null: the whole release */
export async function removeRevoked(
  manager: EntityManager,
  releaseId: string,
  locales: readonly Locale[] | null,
): Promise<void> {
  await manager.query(
    'DELETE FROM authoring.schedule WHERE release_id = $1 AND ($2::text[] IS NULL OR revisions ?| $2)',
    [releaseId, locales],
  );
}

export async function holdBack(
  manager: EntityManager,
  releaseId: string,
  unmet: readonly UnmetRule[],
): Promise<void> {
  await manager.query(
    `UPDATE authoring.schedule SET state = 'HELD_BACK', unmet = $2, held_back_reason = 'RULES_UNMET'
      WHERE release_id = $1`,
    [releaseId, JSON.stringify(unmet)],
  );
}

/**
 * Locks the oldest due schedule, together with its release. Rows that are locked by others are skipped. On a server
 * that is not recorded yet nothing is claimed; see recordServer.
 *
 * @param except releases to skip
 */
export async function claimDue(
  manager: EntityManager,
  except: readonly string[],
): Promise<Schedule | null> {
  const [row] = await manager.query<Schedule[]>(
    `SELECT s.release_id AS "releaseId", s.at, s.revisions AS pins, s.waivers, s.by,
            coalesce(s.correction_notes, '{}') AS notes
       FROM authoring.schedule s
       JOIN authoring.release r ON r.id = s.release_id
      WHERE s.state = 'WAITING' AND s.at <= clock_timestamp() AND s.release_id <> ALL ($1::uuid[])
        AND ${ON_KNOWN_SERVER}
      ORDER BY s.at, s.release_id
      LIMIT 1
        FOR UPDATE OF r, s SKIP LOCKED`,
    [except],
  );
  return row ?? null;
}
