/** Longer titles are cut: that much is readable in a preview of 500 pixels. */
const MAX_TITLE = 180;
const ELLIPSIS = '…';

/**
 * Shortens a title at the end of a word; at the end of a character as readers see it (grapheme cluster) where a word is
 * longer than the whole.
 */
export function shortened(title: string, tag: string, max = MAX_TITLE): string {
  const graphemes = [...new Intl.Segmenter(tag, { granularity: 'grapheme' }).segment(title)];
  if (graphemes.length <= max) return title;
  const end = graphemes[max - 1]?.index ?? 0;
  const words = [...new Intl.Segmenter(tag, { granularity: 'word' }).segment(title)];
  const whole = words.filter(({ isWordLike, index, segment }) => {
    return isWordLike && index + segment.length <= end;
  });
  const last = whole.at(-1);
  const cut = last ? last.index + last.segment.length : 0;
  return title.slice(0, cut > end / 2 ? cut : end) + ELLIPSIS;
}

/** A range of code points, both ends included. */
export type CodePoints = readonly [from: number, to: number];

/** Reads the ranges of a CSS descriptor `unicode-range`: `U+0000-00FF, U+0131`. */
export function unicodeRanges(descriptor: string): CodePoints[] {
  return [...descriptor.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].map(([, from = '', to]) => {
    return [parseInt(from, 16), parseInt(to ?? from, 16)];
  });
}

/**
 * Leaves out the characters that no font has, such as emoji and other scripts, in the place of which there would be an
 * empty box. Narrow spaces become plain ones, which all fonts have.
 */
export function drawable(text: string, ranges: readonly CodePoints[]): string {
  const composed = text.normalize('NFC').replace(/[\u2009\u202f]/g, '\u00a0');
  const isDrawable = (character: string): boolean => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([from, to]) => code >= from && code <= to);
  };
  const known = [...composed].filter((one) => !INVISIBLE.test(one) && isDrawable(one)).join('');
  return known.replace(/ {2,}/g, ' ').trim();
}

/** Controls of direction and joining have no glyph. */
const INVISIBLE = /\p{Cf}|\p{Cc}/u;
