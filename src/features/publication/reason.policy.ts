import type { Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';
import type { Reference } from '../audience/index.js';
import type { Waiver } from './readiness.policy.js';

const LONGEST = 1_000;

/**
 * Why something is waived or taken back, as it goes into the history.
 *
 * @param path its place in the input
 * @throws Invalid REASON_UNUSABLE
 */
export function checkedReason(reason: string, path: readonly string[]): string {
  const kept = reason.normalize('NFC').trim();
  if (isBlank(kept) || kept.length > LONGEST || unprintableIn(kept) !== null) {
    throw new Invalid('REASON_UNUSABLE', { max: LONGEST }, path);
  }
  return kept;
}

/** As a caller gives them: null and absent are the same. */
interface WaiverWish {
  readonly audience?: string | null;
  readonly locale: Locale;
  readonly reason: string;
}

/** @throws Invalid REASON_UNUSABLE, COUNTRY_UNKNOWN */
export function checkedWaivers(reference: Reference, wishes: readonly WaiverWish[]): Waiver[] {
  return wishes.map(({ audience = null, locale, reason }, index) => {
    const path = ['waivers', String(index)];
    if (audience !== null && !reference.findState(audience)) {
      throw new Invalid('COUNTRY_UNKNOWN', { value: audience }, [...path, 'audience']);
    }
    return { audience, locale, reason: checkedReason(reason, [...path, 'reason']) };
  });
}
