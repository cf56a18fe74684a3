import type pg from 'pg';

/**
 * Records since when readers are shown this presentation, at the start of a node. For a database in which nothing was
 * ever published, no time is recorded: nobody can have been shown another presentation.
 *
 * @param owner a connection as the owner
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
