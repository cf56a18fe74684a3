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
  /** The text is unchanged; other public facts of the release or of the decision changed. */
  | { readonly kind: 'METADATA' };

/** Facts about a release besides what the reader was shown before and is shown now. */
export interface Circumstances {
  /**
   * States of the release that earlier pages of the same sync may have delivered; empty if they delivered none, so that
   * a change this reader does not see is not a change.
   */
  readonly meanwhile?: readonly Shown[];
  /** Whether the change log has an entry for the release since then. */
  readonly isLogged?: boolean;
  /** Whether one of its topics was renamed, which no trace records. */
  readonly isRenamed?: boolean;
}

/**
 * Decides which change of one release a reader needs.
 *
 * @param before what the reader was shown at the position of the copy
 * @returns null if nothing changed for this reader
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
