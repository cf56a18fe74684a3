import type { Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import type { Reference } from '../audience/index.js';
import type { Waiver } from './readiness.policy.js';

const LONGEST = 1_000;

/** Control characters but tab and line ends, and halves of characters. */
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|\p{Cs}/u;

/**
 * Why something is waived or taken back, as it goes into the history.
 *
 * @param path its place in the input
 * @throws Invalid REASON_UNUSABLE
 */
export function checkedReason(reason: string, path: readonly string[]): string {
  const kept = reason.normalize('NFC').trim();
  if (kept === '' || kept.length > LONGEST || UNPRINTABLE.test(kept)) {
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
