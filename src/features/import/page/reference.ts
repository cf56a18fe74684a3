import type { Locale } from '../../../kernel/locale.js';
import { parseReference } from '../../../kernel/reference-code.js';
import type { ReleaseType } from '../../../kernel/release.js';

/** A code printed below a release, and the information that its series provides. */
export interface Reference {
  /** As printed, in capitals: `E-305/12`. */
  readonly code: string;
  /** Shared by all languages: `305/12`. */
  readonly number: string;
  /** null for a series whose letters do not indicate the language. */
  readonly locale: Locale | null;
  /** null for a series of several types: statements are numbered with the press releases. */
  readonly type: ReleaseType | null;
  /** The last two digits of the year; null for a series that is numbered continuously. */
  readonly year: string | null;
}

/** @returns null if the text is not a code of a series that the OAS uses */
export function readReference(text: string): Reference | null {
  const parsed = parseReference(text);
  if (!parsed) return null;
  const { number, locale } = parsed;
  const code = text.trim().toUpperCase().replace(/%2F/g, '/').replace(/[‐‑–]/g, '-');
  if (/^\d+\//.test(number)) {
    // Without its letter, a code of this series does not indicate a language, and pages always print one.
    return locale ? { code, number, locale, type: null, year: number.slice(-2) } : null;
  }
  if (number.startsWith('AVI-'))
    return { code, number, locale, type: 'ADVISORY', year: number.slice(-2) };
  if (number.startsWith('FN')) {
    const ownLocale = number.startsWith('FNF-') ? 'FR' : null;
    return { code, number, locale: ownLocale, type: 'PHOTO_NEWS', year: null };
  }
  return { code, number, locale, type: 'SPEECH', year: number.slice(0, 2) };
}
