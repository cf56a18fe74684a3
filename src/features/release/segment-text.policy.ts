import { Invalid } from '../../kernel/refusal.js';
import type { SegmentKind } from '../../kernel/release.js';
import {
  canonicalInline,
  exceedsInlineLimits,
  renderInline,
} from '../../kernel/rich-text/index.js';

/** At four bytes a character, what an index entry of the readers' titles can hold. */
const LONGEST_TITLE = 600;

/** C0 and C1 controls but tab and line ends, lone surrogates, non-characters, and characters that turn the direction of what follows. */
const FORBIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Cs}/u;

/** Characters that leave nothing on the page, not even a blank: ZWSP, soft hyphen, word joiner. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A segment's text in the form in which it is stored: inline CommonMark, NFC, see `canonicalInline`.
 *
 * @param path the place of the text in the input
 * @throws Invalid TEXT_BLANK, TEXT_TOO_LONG, TEXT_UNPRINTABLE
 */
export function segmentText(kind: SegmentKind, text: string, path: readonly string[]): string {
  if (FORBIDDEN.test(text)) throw new Invalid('TEXT_UNPRINTABLE', {}, path);
  const block = kind === 'TITLE' ? 'HEADING' : kind === 'SUMMARY' ? 'PARAGRAPH' : kind;
  const stored = canonicalInline(text.normalize('NFC'), block);
  if (exceedsInlineLimits(stored)) throw tooLong(path);
  const { plainText } = renderInline(stored);
  if (plainText.replace(UNSEEN, '').trim() === '') throw new Invalid('TEXT_BLANK', {}, path);
  if (kind === 'TITLE' && plainText.length > LONGEST_TITLE) throw tooLong(path);
  return stored;
}

function tooLong(path: readonly string[]): Invalid {
  return new Invalid('TEXT_TOO_LONG', { member: path.join('.') }, path);
}
