import type { NotShown, Shown } from './shown.js';

export const CHANGE_KINDS = ['UPSERT', 'REMOVE'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const CHANGE_REASONS = [
  'PUBLISHED',
  'UPDATED',
  'FALLBACK_REPLACED',
  'RETRACTED',
  'NO_LONGER_SERVED',
  'NO_LONGER_ADDRESSED',
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

export type Verdict =
  | { readonly kind: 'UPSERT'; readonly reason: Exclude<ChangeReason, NotShown> }
  | { readonly kind: 'REMOVE'; readonly reason: NotShown };

/**
 * What a reader has to do about one release.
 *
 * @param before what the reader was shown where the copy stands
 * @param since what the copy may have got of it meanwhile, in earlier pages of the same sync; empty where it surely got
 *   nothing: then a change that this reader does not see is none
 * @returns null where there is nothing to do
 */
export function verdict(
  before: Shown,
  after: Shown,
  since: readonly Shown[] = [],
  force = false,
): Verdict | null {
  const had = [before, ...since].some(({ locale }) => locale !== null);
  if (after.locale === null) return had ? { kind: 'REMOVE', reason: after.reason } : null;
  if (before.locale === null) return { kind: 'UPSERT', reason: 'PUBLISHED' };
  if (before.sight === after.sight && since.length === 0 && !force) return null;
  const replaced = before.isFallback && before.locale !== after.locale;
  return { kind: 'UPSERT', reason: replaced ? 'FALLBACK_REPLACED' : 'UPDATED' };
}
