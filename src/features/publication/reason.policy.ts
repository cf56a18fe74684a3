import type { Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';
import type { ReferenceData } from '../audience/index.js';
import type { Waiver } from './readiness.policy.js';

const MAX_REASON_LENGTH = 1_000;

/**
 * The reason of a waiver or a retraction, as it is stored in the history.
 *
 * @param path of the reason in the input
 * @throws Invalid REASON_UNUSABLE
 */
export function checkedReason(reason: string, path: readonly string[]): string {
  const text = reason.normalize('NFC').trim();
  if (isBlank(text) || text.length > MAX_REASON_LENGTH || unprintableIn(text) !== null) {
    throw new Invalid('REASON_UNUSABLE', { max: MAX_REASON_LENGTH }, path);
  }
  return text;
}

/** A waiver in the input: null and absent are the same. */
interface RequestedWaiver {
  readonly audience?: string | null;
  readonly locale: Locale;
  readonly reason: string;
}

/** @throws Invalid REASON_UNUSABLE, COUNTRY_UNKNOWN */
export function checkedWaivers(
  reference: ReferenceData,
  wishes: readonly RequestedWaiver[],
): Waiver[] {
  return wishes.map(({ audience = null, locale, reason }, index) => {
    const path = ['waivers', String(index)];
    if (audience !== null && !reference.findState(audience)) {
      throw new Invalid('COUNTRY_UNKNOWN', { value: audience }, [...path, 'audience']);
    }
    return { audience, locale, reason: checkedReason(reason, [...path, 'reason']) };
  });
}
