import type pg from 'pg';

export interface ScheduleCounts {
  readonly waiting: number;
  /** Due for more than a minute. */
  readonly overdue: number;
  readonly heldBack: number;
}

/** @returns null if the database is not migrated yet */
export async function scheduleCounts(
  client: Pick<pg.Client, 'query'>,
): Promise<ScheduleCounts | null> {
  const { rows: tables } = await client.query<{ found: string | null }>(
    `SELECT to_regclass('authoring.schedule') AS found`,
  );
  if (tables[0]?.found == null) return null;
  const { rows } = await client.query<ScheduleCounts>(
    `SELECT count(*) FILTER (WHERE state = 'WAITING')::int AS waiting,
            count(*) FILTER (WHERE state = 'WAITING' AND at < now() - interval '1 minute')::int AS overdue,
            count(*) FILTER (WHERE state = 'HELD_BACK')::int AS "heldBack"
       FROM authoring.schedule`,
  );
  return rows[0] ?? null;
}
