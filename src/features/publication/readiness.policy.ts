import { type Locale, type LocaleMask, localesIn } from '../../kernel/locale.js';
import type { StartedState } from '../../kernel/workflow.js';
import { missingKeys, type LocaleSegment } from '../translation/index.js';
import type { PublishPolicy } from '../release/index.js';

export const UNMET_REASONS = [
  'NOT_STARTED',
  'INCOMPLETE',
  'NOT_APPROVED',
  'STALE',
  'TITLE_MISSING',
] as const;
export type UnmetReason = (typeof UNMET_REASONS)[number];

/** A rule that publishing would break. audience null: a rule of the release itself. */
export interface UnmetRule {
  readonly audience: string | null;
  readonly locale: Locale;
  readonly reason: UnmetReason;
  readonly blocking: boolean;
  readonly segmentKey: string | null;
}

/** One locale that is to be published now. state null: not started. */
export interface Candidate {
  readonly locale: Locale;
  readonly state: StartedState | null;
  readonly segments: readonly LocaleSegment[];
  readonly isStale: boolean;
}

export interface Waiver {
  /** null: for every audience. */
  readonly audience: string | null;
  readonly locale: Locale;
  readonly reason: string;
}

export interface Proposal {
  readonly policy: PublishPolicy;
  readonly candidates: readonly Candidate[];
  /** The locales that the edition would have. */
  readonly inEdition: LocaleMask;
  /** What each addressed audience requires at the release's date. */
  readonly required: readonly { readonly audience: string; readonly mask: LocaleMask }[];
}

/**
 * Every rule that an edition would break. AS_READY blocks only for the locales being published;
 * SIMULTANEOUS also for every required locale that the edition lacks.
 */
export function unmetRules(proposal: Proposal, waivers: readonly Waiver[]): UnmetRule[] {
  const own = proposal.candidates.flatMap(candidateRules);
  const lacking = proposal.required.flatMap(({ audience, mask }) => {
    return localesIn(mask & ~proposal.inEdition).map((locale): UnmetRule => {
      const blocking = proposal.policy === 'SIMULTANEOUS';
      return { audience, locale, reason: 'NOT_STARTED', blocking, segmentKey: null };
    });
  });
  return [...own, ...lacking].map((rule) => {
    return { ...rule, blocking: rule.blocking && !isWaived(rule, waivers) };
  });
}

function candidateRules({ locale, state, segments, isStale }: Candidate): UnmetRule[] {
  const unmet = (reason: UnmetReason, segmentKey: string | null = null): UnmetRule => {
    return { audience: null, locale, reason, blocking: true, segmentKey };
  };
  if (state === null) return [unmet('NOT_STARTED')];
  const rules: UnmetRule[] = [];
  if (state !== 'APPROVED') rules.push(unmet('NOT_APPROVED'));
  const title = segments.find(({ kind }) => kind === 'TITLE');
  if (!title?.text) rules.push(unmet('TITLE_MISSING', title?.key ?? null));
  for (const key of missingKeys(segments)) {
    if (key !== title?.key) rules.push(unmet('INCOMPLETE', key));
  }
  if (isStale) rules.push(unmet('STALE'));
  return rules;
}

/** No waiver helps against a missing title: without one there is nothing to show. */
function isWaived(rule: UnmetRule, waivers: readonly Waiver[]): boolean {
  if (rule.reason === 'TITLE_MISSING') return false;
  return waivers.some(({ audience, locale }) => {
    return locale === rule.locale && (audience === null || audience === rule.audience);
  });
}
