import { describe, expect, it } from '@jest/globals';

import {
  type RuleChange,
  wholeRule,
} from '../../../../src/features/audience/audience-rule.policy.js';
import type { AudienceRule } from '../../../../src/kernel/member-state.js';

const general: AudienceRule = {
  audience: 'HT',
  type: null,
  validFrom: '1948-01-01',
  validTo: null,
  requiredLocales: ['FR'],
  fallbackChain: ['FR', 'ORIGINAL', 'EN'],
  stalePolicy: 'SERVE',
};
const speeches: AudienceRule = {
  ...general,
  type: 'SPEECH',
  validFrom: '2010-01-01',
  validTo: '2030-01-01',
  requiredLocales: ['FR', 'EN'],
  stalePolicy: 'WITHHOLD',
};
const renewed: AudienceRule = { ...general, validFrom: '2020-01-01', stalePolicy: 'WITHHOLD' };
const rules = [general, speeches, renewed];

const wish = (changes: Partial<RuleChange> = {}): RuleChange => {
  return { audience: 'HT', validFrom: '2026-01-01', ...changes };
};

describe('a rule', () => {
  it.each<[what: string, wish: RuleChange, taken: Partial<AudienceRule>]>([
    ['the newest for all types', wish(), { requiredLocales: ['FR'], stalePolicy: 'WITHHOLD' }],
    [
      'the one in force on its first day',
      wish({ validFrom: '2015-01-01' }),
      { stalePolicy: 'SERVE' },
    ],
    [
      'the one for its type',
      wish({ validFrom: '2015-01-01', type: 'SPEECH' }),
      { requiredLocales: ['FR', 'EN'], stalePolicy: 'WITHHOLD', validTo: null },
    ],
    [
      'the one for all types where its type has none',
      wish({ validFrom: '2015-01-01', type: 'ADVISORY' }),
      { requiredLocales: ['FR'], stalePolicy: 'SERVE' },
    ],
    [
      'the one that it replaces, with its last day',
      wish({ validFrom: '2010-01-01', type: 'SPEECH', requiredLocales: ['EN'] }),
      { requiredLocales: ['EN'], stalePolicy: 'WITHHOLD', validTo: '2030-01-01' },
    ],
  ])('takes what is not given from %s', (_, wanted, taken) => {
    expect(wholeRule(rules, wanted)).toMatchObject(taken);
  });

  it('removes duplicates, and preserves the order', () => {
    const wanted = wish({
      requiredLocales: ['EN', 'FR', 'EN'],
      fallbackChain: ['EN', 'FR', 'ORIGINAL', 'EN', 'ORIGINAL'],
    });
    expect(wholeRule(rules, wanted)).toMatchObject({
      requiredLocales: ['EN', 'FR'],
      fallbackChain: ['EN', 'FR', 'ORIGINAL'],
    });
  });

  it.each<[wish: RuleChange, reason: string, path: string]>([
    [wish({ requiredLocales: ['FR', 'PT'] }), 'RULE_CHAIN_LACKS', 'requiredLocales'],
    [wish({ fallbackChain: ['EN'] }), 'RULE_CHAIN_LACKS', 'requiredLocales'],
    [wish({ fallbackChain: [] }), 'RULE_CHAIN_EMPTY', 'fallbackChain'],
    [wish({ validFrom: '1900-01-01', stalePolicy: 'SERVE' }), 'RULE_NOTHING_BEFORE', 'validFrom'],
  ])('%j is refused as %s', (wanted, reason, path) => {
    expect(() => wholeRule(rules, wanted)).toThrow(
      expect.objectContaining({ reason, path: [path] }),
    );
  });
});
