import { type Locale, LOCALES, type PerLocale } from './locale.js';

/** E is English; C stands for “comunicado”, Spanish. The letter names the language, never the release. */
const LETTER: PerLocale<string> = { EN: 'E', ES: 'C', FR: 'F', PT: 'P' };

/** The series that is numbered by year and printed with the letter of the language: 305/12. */
const LETTERED_SERIES = /^\d{3,5}\/\d{2}$/;
const WITH_LETTER = /^([ECFP])-(\d{3,5}\/\d{2})$/;
const OTHER_SERIES = /^(?:AVI-\d{1,5}\/\d{2}|FN[A-Z]-\d{1,7}|\d{2}-\d{4})$/;

/** Whether this is a release number: `305/12`, `AVI-127/13`, `FNE-4622`, `14-0029`. */
export function isReleaseNumber(number: string): boolean {
  return LETTERED_SERIES.test(number) || OTHER_SERIES.test(number);
}

const NEARLY_LETTERED = /^(?:[ECFP]-?)?(\d{1,5})\/(?:19|20)?(\d{2})$/i;

/**
 * Corrects a number of the lettered series that is written slightly wrong: `025/24` for `25/24`, `E-025/24` or
 * `025/2024`.
 *
 * @returns null if it cannot be determined
 */
export function writtenNumber(text: string): string | null {
  const [, number, year] = NEARLY_LETTERED.exec(text.trim()) ?? [];
  if (number === undefined || year === undefined) return null;
  return `${number.replace(/^0+(?=\d)/, '').padStart(3, '0')}/${year}`;
}

/** The reference of a release in one locale: `E-305/12`; releases of other series have one for all locales. */
export function releaseCode(number: string, locale: Locale): string {
  return LETTERED_SERIES.test(number) ? `${LETTER[locale]}-${number}` : number;
}

/**
 * Parses a reference as people write it (`e-305/12`, `E-305%2F12`).
 *
 * @returns the release's number and the locale of the letter, if any; null if the text is not a reference
 */
export function parseReference(text: string): { number: string; locale: Locale | null } | null {
  const code = text.trim().toUpperCase().replace(/%2F/g, '/').replace(/[‐‑–]/g, '-');
  const [, letter, number] = WITH_LETTER.exec(code) ?? [];
  if (letter !== undefined && number !== undefined) return { number, locale: localeOf(letter) };
  return isReleaseNumber(code) ? { number: code, locale: null } : null;
}

function localeOf(letter: string): Locale | null {
  return LOCALES.find((candidate) => LETTER[candidate] === letter) ?? null;
}

/** A run of letters and digits joined by hyphens or slashes, which is a code if it contains a digit. */
// The look-behind starts a match only at the start of a run: without it, a long run takes quadratic time.
const CODE = /(?<![\p{L}\d])[\p{L}\d]+(?:[-/.][\p{L}\d]+)+/gu;

/**
 * The codes in a text, as the search index stores them: in lower case, with one kind of hyphen, and a lettered
 * reference also without its letter, so that `305/12` finds `E-305/12`.
 */
export function codesIn(text: string): string[] {
  return [...new Set(codePlacesIn(text).map(({ code }) => code))];
}

interface CodePlace {
  readonly code: string;
  /** In UTF-16 code units, up to and without `end`. */
  readonly start: number;
  readonly end: number;
}

/** {@link codesIn} with their places in the text; a number without its letter is at the place of its digits. */
export function codePlacesIn(text: string): CodePlace[] {
  const places: CodePlace[] = [];
  for (const match of text.replace(/[‐‑–]/g, '-').matchAll(CODE)) {
    const [found] = match;
    if (!/\d/.test(found) || !/[-/]/.test(found)) continue;
    const [start, end] = [match.index, match.index + found.length];
    places.push({ code: found.toLowerCase(), start, end });
    const [, , number] = WITH_LETTER.exec(found.toUpperCase()) ?? [];
    if (number !== undefined) places.push({ code: number, start: end - number.length, end });
  }
  return places;
}
