import type { ChainStep, Locale } from '../../kernel/locale.js';
import { type AudienceRule, ruleInForce, type StalePolicy } from '../../kernel/member-state.js';
import { Invalid } from '../../kernel/refusal.js';
import type { ReleaseType } from '../../kernel/release.js';

/** A rule to set; values that are null or absent are taken over from the rule in force. */
export interface RuleChange {
  readonly audience: string;
  readonly type?: ReleaseType | null;
  readonly validFrom: string;
  readonly requiredLocales?: readonly Locale[] | null;
  readonly fallbackChain?: readonly ChainStep[] | null;
  readonly stalePolicy?: StalePolicy | null;
}

/**
 * The complete rule, without duplicates.
 *
 * @param rules of this audience
 * @throws Invalid RULE_NOTHING_BEFORE, RULE_CHAIN_EMPTY, RULE_CHAIN_LACKS
 */
export function wholeRule(rules: readonly AudienceRule[], wish: RuleChange): AudienceRule {
  const { audience, type = null, validFrom } = wish;
  const before = ruleInForce(rules, type, validFrom);
  const requiredLocales = wish.requiredLocales ?? before?.requiredLocales;
  const fallbackChain = wish.fallbackChain ?? before?.fallbackChain;
  const stalePolicy = wish.stalePolicy ?? before?.stalePolicy;
  if (!requiredLocales || !fallbackChain || !stalePolicy) {
    throw new Invalid('RULE_NOTHING_BEFORE', {}, ['validFrom']);
  }
  if (fallbackChain.length === 0) throw new Invalid('RULE_CHAIN_EMPTY', {}, ['fallbackChain']);
  const lost = requiredLocales.find((locale) => !fallbackChain.includes(locale));
  if (lost) throw new Invalid('RULE_CHAIN_LACKS', { locale: lost }, ['requiredLocales']);
  return {
    audience,
    type,
    validFrom,
    validTo:
      rules.find((rule) => rule.type === type && rule.validFrom === validFrom)?.validTo ?? null,
    requiredLocales: [...new Set(requiredLocales)],
    fallbackChain: [...new Set(fallbackChain)],
    stalePolicy,
  };
}
