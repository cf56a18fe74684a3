import { type ChainStep, type LocaleMask, maskOf, type Locale } from './locale.js';
import { type AudienceTerms, NO_TERMS } from './localization.js';
import type { ReleaseType } from './release.js';

export const MEMBERSHIP_STATUSES = [
  'NOT_YET',
  'MEMBER',
  'MEMBER_NOT_PARTICIPATING',
  'DISPUTED',
  'FORMER_MEMBER',
] as const;
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number];

/** A calendar date, `YYYY-MM-DD`; such strings sort like the dates. */
export type CalendarDate = string;

/** The days from `from` until before `until`; null if the period has not ended. */
export interface MembershipPeriod {
  readonly status: Exclude<MembershipStatus, 'NOT_YET' | 'FORMER_MEMBER'>;
  readonly from: CalendarDate;
  readonly until: CalendarDate | null;
}

export interface MemberState {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly sinceYear: number;
  /** In chronological order, without gaps between them. */
  readonly periods: readonly MembershipPeriod[];
  readonly nationalLanguages: readonly string[];
  /** BCP 47 tags with the region, for names and dates: `fr-HT`; the first of each language is used. */
  readonly tags: readonly string[];
  readonly timeZone: string;
}

export interface Membership {
  readonly status: MembershipStatus;
  readonly sinceYear: number | null;
  /** The first day on which the state is no longer a member. */
  readonly until: CalendarDate | null;
}

/** How an audience is served while a translation is STALE. */
export const STALE_POLICIES = ['SERVE', 'WITHHOLD'] as const;
export type StalePolicy = (typeof STALE_POLICIES)[number];

/**
 * The required locales of an audience: one row per audience, type (null: all) and first day. The newest rule in force
 * applies.
 */
export interface AudienceRule {
  readonly audience: string;
  readonly type: ReleaseType | null;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  readonly requiredLocales: readonly Locale[];
  readonly fallbackChain: readonly ChainStep[];
  readonly stalePolicy: StalePolicy;
}

export function membershipOn(state: MemberState, date: CalendarDate): Membership {
  const period = state.periods.find(({ from, until }) => {
    return from <= date && (until === null || date < until);
  });
  const until = state.periods.at(-1)?.until ?? null;
  if (period) return { status: period.status, sinceYear: state.sinceYear, until };
  const status = until !== null && date >= until ? 'FORMER_MEMBER' : 'NOT_YET';
  return { status, sinceYear: state.sinceYear, until };
}

export function isMemberOn(state: MemberState, date: CalendarDate): boolean {
  const { status } = membershipOn(state, date);
  return status !== 'NOT_YET' && status !== 'FORMER_MEMBER';
}

/**
 * The rule in force for a release type on a day: the newest; if two begin on the same day, the one for the type. Null
 * if no rule has begun.
 */
export function ruleInForce<Rule extends AudienceRule>(
  rules: readonly Rule[],
  type: ReleaseType | null,
  date: CalendarDate,
): Rule | null {
  let found: Rule | null = null;
  for (const rule of rules) {
    if (!applies(rule, type, date)) continue;
    if (found === null || isNewer(rule, found)) found = rule;
  }
  return found;
}

function applies(rule: AudienceRule, type: ReleaseType | null, date: CalendarDate): boolean {
  if (rule.type !== null && rule.type !== type) return false;
  return rule.validFrom <= date && (rule.validTo === null || date < rule.validTo);
}

function isNewer(rule: AudienceRule, other: AudienceRule): boolean {
  if (rule.validFrom !== other.validFrom) return rule.validFrom > other.validFrom;
  return rule.type !== null && other.type === null;
}

/**
 * The terms that apply to an audience for one release. The required locales are determined by the release's date
 * (membership and rule), how readers are served by the rule in force today (chain, stale policy).
 */
export function audienceTerms(
  state: MemberState,
  rules: readonly AudienceRule[],
  release: { readonly type: ReleaseType | null; readonly date: CalendarDate },
  today: CalendarDate,
): AudienceTerms {
  const serving = ruleInForce(rules, release.type, today);
  return {
    chain: serving?.fallbackChain ?? NO_TERMS.chain,
    languages: maskOf(serving?.requiredLocales ?? []),
    withholdsStale: serving?.stalePolicy === 'WITHHOLD',
    required: requiredMask(state, rules, release.type, release.date),
  };
}

/** Empty while the state is not a member. */
export function requiredMask(
  state: MemberState,
  rules: readonly AudienceRule[],
  type: ReleaseType | null,
  date: CalendarDate,
): LocaleMask {
  if (!isMemberOn(state, date)) return 0;
  return maskOf(ruleInForce(rules, type, date)?.requiredLocales ?? []);
}

/**
 * {@link requiredMask} over all days as steps: `masks[i]` applies from `days[i - 1]` (from the beginning, for
 * `masks[0]`) until before `days[i]`, so that SQL finds it with `width_bucket`.
 */
export function requiredTimeline(
  state: MemberState,
  rules: readonly AudienceRule[],
  type: ReleaseType,
): { days: CalendarDate[]; masks: LocaleMask[] } {
  const turns = [
    ...state.periods.flatMap(({ from, until }) => [from, until]),
    ...rules.flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
  ];
  const days = [...new Set(turns.filter((day) => day !== null))].sort();
  const masks = days.map((day) => requiredMask(state, rules, type, day));
  return { days, masks: [0, ...masks] };
}
