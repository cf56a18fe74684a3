/**
 * What no text may contain, whichever way it comes in: C0 and C1 controls but tab and line ends,
 * embeddings, overrides and isolates, which turn the direction of what follows (UAX #9 §2),
 * noncharacters, and halves of surrogate pairs.
 */
const UNPRINTABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]|\p{Cs}/u;

/** Characters that leave nothing on the page, not even a blank: ZWSP, soft hyphen, word joiner, marks. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** @returns the first character that a text may not contain, as in `U+001D`; null where there is none */
export function unprintableIn(text: string): string | null {
  const [found] = UNPRINTABLE.exec(text) ?? [];
  if (found === undefined) return null;
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text without the characters that nobody sees. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '');
}

export function isBlank(text: string): boolean {
  return visibleText(text).trim() === '';
}
