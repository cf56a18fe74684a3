import { Invalid } from '../../kernel/refusal.js';
import type { SegmentKind } from '../../kernel/release.js';
import {
  canonicalInline,
  exceedsInlineLimits,
  renderInline,
} from '../../kernel/rich-text/index.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';

/** At four bytes a character, the limit of an index entry on the titles for readers. */
export const MAX_TITLE_LENGTH = 600;

/**
 * A segment's text in its stored form: inline CommonMark in NFC, see `canonicalInline`.
 *
 * @param path the place of the text in the input
 * @param stored the current text of the segment: an unchanged text is not checked again, so that it does not block an
 *   edit of the other segments
 * @throws Invalid TEXT_BLANK, TEXT_TOO_LONG, TEXT_UNPRINTABLE
 */
export function segmentText(
  kind: SegmentKind,
  text: string,
  path: readonly string[],
  stored?: string | null,
): string {
  const block = kind === 'TITLE' ? 'HEADING' : kind === 'SUMMARY' ? 'PARAGRAPH' : kind;
  const canonical = canonicalInline(text.normalize('NFC'), block);
  if (text === stored) return canonical;
  if (unprintableIn(text) !== null) throw new Invalid('TEXT_UNPRINTABLE', {}, path);
  if (exceedsInlineLimits(canonical)) throw tooLong(path);
  const { plainText } = renderInline(canonical);
  if (isBlank(plainText)) throw new Invalid('TEXT_BLANK', {}, path);
  if (kind === 'TITLE' && plainText.length > MAX_TITLE_LENGTH) throw tooLong(path);
  return canonical;
}

function tooLong(path: readonly string[]): Invalid {
  return new Invalid('TEXT_TOO_LONG', { member: path.join('.') }, path);
}
