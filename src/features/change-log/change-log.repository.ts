import type { EntityManager } from 'typeorm';

import type { LocaleMask } from '../../kernel/locale.js';

/** A change that copies of the data must apply. It names releases, states and topics, but contains no text. */
export type Change =
  | {
      readonly kind: 'PUBLISHED' | 'RETRACTED';
      readonly at: Date;
      readonly releaseId: string;
      readonly number: string;
      readonly edition: number;
      readonly changed: LocaleMask;
    }
  | { readonly kind: 'RULE'; readonly audience: string }
  | { readonly kind: 'TOPIC'; readonly topicId: string };

/**
 * Logs the change with the next number. It must be the last statement of its transaction: the row of the number is
 * locked from here to COMMIT, so numbers appear in the order of commits.
 */
export async function logChange(manager: EntityManager, change: Change): Promise<number> {
  const edition = 'edition' in change ? change : null;
  const rows = await manager.query<{ seq: string }[]>(
    `WITH head AS (UPDATE published.change_log_head SET seq = seq + 1 RETURNING seq),
          entry AS (
            INSERT INTO published.change_log
                (seq, kind, at, release_id, number, edition, changed_mask, audience, topic)
            SELECT seq, $1, coalesce($2, clock_timestamp()), $3, $4, $5, $6, $7, $8 FROM head
            RETURNING seq, release_id, number),
          trace AS (
            INSERT INTO published.release_trace
            SELECT t.* FROM entry, published.trace(entry.seq, entry.release_id, entry.number) AS t
             WHERE entry.release_id IS NOT NULL)
     SELECT seq, pg_notify('gateway_change', seq::text) FROM entry`,
    [
      change.kind,
      edition?.at ?? null,
      edition?.releaseId ?? null,
      edition?.number ?? null,
      edition?.edition ?? null,
      edition?.changed ?? null,
      change.kind === 'RULE' ? change.audience : null,
      change.kind === 'TOPIC' ? change.topicId : null,
    ],
  );
  return Number(rows[0]?.seq);
}
