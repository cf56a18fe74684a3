import type { EntityManager } from 'typeorm';

import { logChange } from '../change-log/index.js';

/** Dated rules that have taken effect or ended (in UTC), without a row in the change log. */
const DUE_TURNS = `
  SELECT r.id, r.audience, t.turn
    FROM reference.audience_rule r
   CROSS JOIN LATERAL (VALUES ('BEGINS', r.valid_from), ('ENDS', r.valid_to)) AS t (turn, day)
   WHERE t.day <= (now() AT TIME ZONE 'UTC')::date
     AND NOT EXISTS (SELECT FROM authoring.rule_turn d WHERE d.rule_id = r.id AND d.turn = t.turn)`;

/** SQL condition: whether such a rule exists. Cheap enough for polling. */
export const RULE_TURN_DUE = `EXISTS (${DUE_TURNS})`;

/**
 * Writes one row of the change log for each dated rule that has taken effect or ended, once for all nodes. The caller
 * must not write anything after it.
 *
 * @returns the number of rows
 */
export async function logRuleTurns(manager: EntityManager): Promise<number> {
  const turns = await manager.query<{ audience: string }[]>(
    `WITH due AS (${DUE_TURNS}), written AS (
       INSERT INTO authoring.rule_turn (rule_id, turn) SELECT id, turn FROM due ORDER BY id, turn
       ON CONFLICT DO NOTHING RETURNING rule_id, turn)
     SELECT due.audience FROM written JOIN due ON due.id = written.rule_id AND due.turn = written.turn
      ORDER BY due.audience`,
  );
  for (const { audience } of turns) await logChange(manager, { kind: 'RULE', audience });
  return turns.length;
}
