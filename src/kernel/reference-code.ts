import { type Locale, LOCALES, type PerLocale } from './locale.js';

/** E is English; C stands for “comunicado”, Spanish. The letter names the language, never the release. */
const LETTER: PerLocale<string> = { EN: 'E', ES: 'C', FR: 'F', PT: 'P' };

/** The series that is numbered anew each year and printed with the letter of the language: 305/12. */
const LETTERED_SERIES = /^\d{3,5}\/\d{2}$/;
const WITH_LETTER = /^([ECFP])-(\d{3,5}\/\d{2})$/;
const OTHER_SERIES = /^(?:AVI-\d{1,5}\/\d{2}|FN[A-Z]-\d{1,7}|\d{2}-\d{4})$/;

/** Whether this is the number of a release: `305/12`, `AVI-127/13`, `FNE-4622`, `14-0029`. */
export function isReleaseNumber(number: string): boolean {
  return LETTERED_SERIES.test(number) || OTHER_SERIES.test(number);
}

const NEARLY_LETTERED = /^(?:[ECFP]-?)?(\d{1,5})\/(?:19|20)?(\d{2})$/i;

/**
 * How a number of the lettered series is written that somebody wrote nearly right: `025/24` for `25/24`,
 * `E-025/24` or `025/2024`.
 *
 * @returns null where it cannot be told
 */
export function writtenNumber(text: string): string | null {
  const [, number, year] = NEARLY_LETTERED.exec(text.trim()) ?? [];
  if (number === undefined || year === undefined) return null;
  return `${number.replace(/^0+(?=\d)/, '').padStart(3, '0')}/${year}`;
}

/** The reference under which a release is known in one locale: `E-305/12`; other series have one for all. */
export function releaseCode(number: string, locale: Locale): string {
  return LETTERED_SERIES.test(number) ? `${LETTER[locale]}-${number}` : number;
}

/**
 * Reads a reference as people write it (`e-305/12`, `E-305%2F12`).
 * @returns the release's number and the locale that the letter names, if any; null for what is no reference
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

/** A run of letters and digits joined by hyphens or strokes: a code, as soon as there is a digit in it. */
// The look-behind lets a match begin only where a run does: without it, a long run costs its square.
const CODE = /(?<![\p{L}\d])[\p{L}\d]+(?:[-/.][\p{L}\d]+)+/gu;

/**
 * The codes in a text, as the search index knows them: in small letters, with one kind of hyphen, and a
 * lettered reference also without its letter, so that `305/12` finds `E-305/12`.
 */
export function codesIn(text: string): string[] {
  const codes = new Set<string>();
  for (const [found] of text.replace(/[‐‑–]/g, '-').matchAll(CODE)) {
    if (!/\d/.test(found) || !/[-/]/.test(found)) continue;
    const code = found.toLowerCase();
    codes.add(code);
    const [, , number] = WITH_LETTER.exec(found.toUpperCase()) ?? [];
    if (number !== undefined) codes.add(number);
  }
  return [...codes];
}
