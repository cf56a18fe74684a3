import { type Locale, type LocaleMask, inMask, localesIn, maskOf } from '../../kernel/locale.js';
import type { StartedState } from '../../kernel/workflow.js';
import type { PublishPolicy } from '../release/index.js';

export const UNMET_REASONS = [
  'NOT_STARTED',
  'INCOMPLETE',
  'NOT_APPROVED',
  'STALE',
  'TITLE_MISSING',
] as const;
export type UnmetReason = (typeof UNMET_REASONS)[number];

/** A rule that publishing would break. `audience` is null for a rule of the release itself. */
export interface UnmetRule {
  readonly audience: string | null;
  readonly locale: Locale;
  /**
   * INCOMPLETE with an audience and without a segment: the text could be published, but was not named, so the edition
   * is incomplete.
   */
  readonly reason: UnmetReason;
  readonly blocking: boolean;
  readonly segmentKey: string | null;
}

/** The text of one locale compared with the original of the edition. */
export interface Standing {
  /** null: not started. */
  readonly state: StartedState | null;
  readonly titleKey: string | null;
  readonly hasTitle: boolean;
  /** The keys of the original, except its title, that have no text and are not omitted on purpose. */
  readonly missing: readonly string[];
  readonly isStale: boolean;
}

export interface Candidate extends Standing {
  readonly locale: Locale;
}

export interface Waiver {
  /** null: for every audience. */
  readonly audience: string | null;
  readonly locale: Locale;
  readonly reason: string;
}

export interface Proposal {
  readonly policy: PublishPolicy;
  /** The locales that are published now. */
  readonly candidates: readonly Candidate[];
  /** The locales that the edition does not have. */
  readonly others: readonly Candidate[];
  /** The carried-over locales that would be stale. */
  readonly staleCarried: readonly Locale[];
  /** What each addressed audience requires at the release's date. */
  readonly required: readonly { readonly audience: string; readonly mask: LocaleMask }[];
}

/**
 * Every rule that an edition would break, the blocking ones first. AS_READY blocks only for the locales being
 * published; SIMULTANEOUS also for every required locale that the edition lacks, or has as a stale text.
 */
export function unmetRules(proposal: Proposal, waivers: readonly Waiver[]): UnmetRule[] {
  const own = proposal.candidates.flatMap(candidateRules);
  const rules = [...own, ...proposal.required.flatMap((needs) => audienceRules(proposal, needs))];
  const judged = rules.map((rule) => {
    return { ...rule, blocking: rule.blocking && !isWaived(rule, waivers) };
  });
  return judged.toSorted((a, b) => Number(b.blocking) - Number(a.blocking));
}

function candidateRules({ locale, ...standing }: Candidate): UnmetRule[] {
  const unmet = (reason: UnmetReason, segmentKey: string | null = null): UnmetRule => {
    return { audience: null, locale, reason, blocking: true, segmentKey };
  };
  const { state, hasTitle, titleKey, missing, isStale } = standing;
  if (state === null) return [unmet('NOT_STARTED')];
  const rules: UnmetRule[] = [];
  if (state !== 'APPROVED') rules.push(unmet('NOT_APPROVED'));
  if (!hasTitle) rules.push(unmet('TITLE_MISSING', titleKey));
  for (const key of missing) rules.push(unmet('INCOMPLETE', key));
  if (isStale) rules.push(unmet('STALE'));
  return rules;
}

function audienceRules(
  { policy, others, staleCarried }: Proposal,
  { audience, mask }: Proposal['required'][number],
): UnmetRule[] {
  const blocking = policy === 'SIMULTANEOUS';
  const lacking = others
    .filter(({ locale }) => inMask(mask, locale))
    .map((other): UnmetRule => {
      return { audience, locale: other.locale, blocking, ...whyLacking(other) };
    });
  const stale = localesIn(mask & maskOf(staleCarried)).map((locale): UnmetRule => {
    return { audience, locale, reason: 'STALE', blocking, segmentKey: null };
  });
  return [...lacking, ...stale];
}

/** The first reason why a text cannot be published. */
function whyLacking(standing: Standing): Pick<UnmetRule, 'reason' | 'segmentKey'> {
  const { state, hasTitle, titleKey, missing, isStale } = standing;
  if (state === null) return { reason: 'NOT_STARTED', segmentKey: null };
  if (!hasTitle) return { reason: 'INCOMPLETE', segmentKey: titleKey };
  const [first] = missing;
  if (first !== undefined) return { reason: 'INCOMPLETE', segmentKey: first };
  if (state !== 'APPROVED') return { reason: 'NOT_APPROVED', segmentKey: null };
  if (isStale) return { reason: 'STALE', segmentKey: null };
  return { reason: 'INCOMPLETE', segmentKey: null };
}

/** A missing title cannot be waived: there would be nothing to show. */
function isWaived(rule: UnmetRule, waivers: readonly Waiver[]): boolean {
  if (rule.reason === 'TITLE_MISSING') return false;
  return waivers.some(({ audience, locale }) => {
    return locale === rule.locale && (audience === null || audience === rule.audience);
  });
}
