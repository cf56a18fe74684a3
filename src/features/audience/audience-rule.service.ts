import type { EntityManager } from 'typeorm';

import type { AudienceRule } from '../../kernel/member-state.js';
import { Invalid } from '../../kernel/refusal.js';
import { queryableOf } from '../../platform/db/queryable.js';
import type { Change } from '../change-log/index.js';
import { type RuleChange, wholeRule } from './audience-rule.policy.js';
import type { StoredRule } from './reference.js';
import type { ReferenceCache } from './reference.repository.js';

/**
 * Sets a dated rule. If it is in force already, the change is logged at once; a future rule is logged on its first day.
 *
 * @param today the day by which readers are served, `YYYY-MM-DD`
 * @returns the rule's id, and the change for the last statement, that of the change log
 * @throws Invalid COUNTRY_UNKNOWN, RULE_NOTHING_BEFORE, RULE_CHAIN_EMPTY, RULE_CHAIN_LACKS
 */
export async function setAudienceRule(
  manager: EntityManager,
  cache: ReferenceCache,
  wish: RuleChange,
  today: string,
): Promise<{ ruleId: string; change: Change | null }> {
  // Concurrent calls wait here, so that a rule takes over the values of the one before.
  await manager.query('SELECT FROM reference.revision FOR UPDATE');
  const reference = await cache.load(queryableOf(manager));
  const { audience, validFrom } = wish;
  if (!reference.findState(audience)) {
    throw new Invalid('COUNTRY_UNKNOWN', { value: audience }, ['audience']);
  }
  const rule = wholeRule(reference.rulesOf(audience), wish);
  const present = reference.rulesOf(audience).find((stored) => {
    return stored.type === rule.type && stored.validFrom === validFrom;
  });
  if (present && isSame(present, rule)) return { ruleId: present.id, change: null };
  const ruleId = await writeRule(manager, rule);
  if (validFrom > today) return { ruleId, change: null };
  await manager.query(
    `INSERT INTO authoring.rule_turn (rule_id, turn) VALUES ($1, 'BEGINS') ON CONFLICT DO NOTHING`,
    [ruleId],
  );
  return { ruleId, change: { kind: 'RULE', audience } };
}

function isSame(present: StoredRule, rule: AudienceRule): boolean {
  const shape = ({ requiredLocales, fallbackChain, stalePolicy }: AudienceRule) => {
    return JSON.stringify([requiredLocales, fallbackChain, stalePolicy]);
  };
  return shape(present) === shape(rule);
}

async function writeRule(manager: EntityManager, rule: AudienceRule): Promise<string> {
  const [row] = await manager.query<[{ id: string }]>(
    `INSERT INTO reference.audience_rule
         (audience, type, valid_from, required_locales, fallback_chain, stale_policy)
       VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (audience, type, valid_from) DO UPDATE
       SET required_locales = excluded.required_locales, fallback_chain = excluded.fallback_chain,
           stale_policy = excluded.stale_policy
     RETURNING id`,
    [
      rule.audience,
      rule.type,
      rule.validFrom,
      rule.requiredLocales,
      rule.fallbackChain,
      rule.stalePolicy,
    ],
  );
  return row.id;
}
