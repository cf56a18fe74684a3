import type pg from 'pg';

/**
 * Notes since when readers are shown this presentation, at the start of a node. Of a database that nothing was ever
 * published in, no time is noted: nobody can have been shown another one.
 *
 * @param owner a connection of the owner's
 */
export async function notePresentation(owner: pg.Client, presentation: number): Promise<void> {
  await owner.query(
    `UPDATE published.change_log_head
        SET presentation = $1,
            presentation_at = CASE WHEN presentation IS NULL AND seq = 0 THEN NULL ELSE now() END
      WHERE presentation IS DISTINCT FROM $1`,
    [presentation],
  );
}
