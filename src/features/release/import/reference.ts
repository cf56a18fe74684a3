import type { Locale } from '../../../kernel/locale.js';
import type { ReleaseType } from '../../../kernel/release.js';

/** A code that stands under a release, taken apart (facts: number restarts each year, letter C is *comunicado*). */
export interface Reference {
  /** As printed, in capitals: `E-305/12`. */
  readonly code: string;
  /** Shared by all languages. */
  readonly number: string;
  /** null for the series whose letters say nothing about the language. */
  readonly locale: Locale | null;
  readonly type: ReleaseType;
  /** The last two digits of the year; null for series that run through. */
  readonly year: string | null;
}

const LOCALE_OF_LETTER: Readonly<Record<string, Locale>> = { E: 'EN', C: 'ES', F: 'FR', P: 'PT' };

/** A number without the letter of a language. */
export const NUMBER_PATTERN =
  /^(?:\d{3,6}\/\d{2}|AVI-\d{3,6}\/\d{2}|FN[A-Z]-\d{1,8}|\d{2}-\d{4,6})$/;

/** @returns null where the text is no code of a series that the OAS uses */
export function parseReference(text: string): Reference | null {
  const code = text
    .toUpperCase()
    .replace(/%2F/g, '/')
    .replace(/[\u2010\u2011\u2013]/g, '-');
  const letter = /^([ECFP])-(\d{3,6})\/(\d{2})$/.exec(code);
  if (letter) {
    const [, series = '', digits = '', year = ''] = letter;
    const locale = LOCALE_OF_LETTER[series] ?? null;
    return { code, number: `${digits}/${year}`, locale, type: 'PRESS_RELEASE', year };
  }
  if (!NUMBER_PATTERN.test(code) || /^\d+\//.test(code)) return null;
  const plain = { code, number: code };
  if (code.startsWith('AVI-'))
    return { ...plain, locale: null, type: 'ADVISORY', year: code.slice(-2) };
  if (code.startsWith('FN')) {
    const locale = code.startsWith('FNF-') ? 'FR' : null;
    return { ...plain, locale, type: 'PHOTO_NEWS', year: null };
  }
  return { ...plain, locale: null, type: 'SPEECH', year: code.slice(0, 2) };
}
