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

export type Upsert = {
  readonly kind: 'UPSERT';
  readonly reason: Exclude<ChangeReason, NotShown>;
};

export type Verdict =
  | Upsert
  | { readonly kind: 'REMOVE'; readonly reason: NotShown }
  /** The text stays; other public facts of the release, or of the decision, changed. */
  | { readonly kind: 'METADATA' };

/** What is known of a release beside what the reader was shown and is shown now. */
export interface Circumstances {
  /**
   * What the copy may have got of it meanwhile, in earlier pages of the same sync; empty where it surely got nothing:
   * then a change that this reader does not see is none.
   */
  readonly meanwhile?: readonly Shown[];
  /** Whether something was logged of it since. */
  readonly isLogged?: boolean;
  /** Whether a topic of it was renamed, which no trace shows. */
  readonly isRenamed?: boolean;
}

/**
 * What a reader has to do about one release.
 *
 * @param before what the reader was shown where the copy stands
 * @returns null where there is nothing to do
 */
export function verdict(
  before: Shown,
  after: Shown,
  { meanwhile = [], isLogged = false, isRenamed = false }: Circumstances = {},
): Verdict | null {
  const had = [before, ...meanwhile].some(({ locale }) => locale !== null);
  if (after.locale === null) return had ? { kind: 'REMOVE', reason: after.reason } : null;
  if (before.locale === null) return { kind: 'UPSERT', reason: 'PUBLISHED' };
  if (before.sight === after.sight && meanwhile.length === 0 && !isRenamed) {
    return isLogged || before.trail !== after.trail ? { kind: 'METADATA' } : null;
  }
  const replaced = before.isFallback && before.locale !== after.locale;
  return { kind: 'UPSERT', reason: replaced ? 'FALLBACK_REPLACED' : 'UPDATED' };
}
