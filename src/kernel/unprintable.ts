/**
 * Characters that no text may contain, regardless of its source: C0 and C1 controls except tab and line ends,
 * embeddings, overrides and isolates, which change the direction of the text after them (UAX #9 §2), noncharacters, and
 * lone surrogates.
 */
const UNPRINTABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]|\p{Cs}/u;

/** Characters that are not displayed, not even as a blank: ZWSP, soft hyphen, word joiner, marks. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** @returns the first character that a text may not contain, such as `U+001D`; null if there is none */
export function unprintableIn(text: string): string | null {
  const [found] = UNPRINTABLE.exec(text) ?? [];
  if (found === undefined) return null;
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text without its invisible characters. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '');
}

export function isBlank(text: string): boolean {
  return visibleText(text).trim() === '';
}
