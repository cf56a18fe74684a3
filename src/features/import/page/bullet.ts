/** Glyphs that are only used as bullets, and the hyphen that old pages use. */
const BULLET = /^(?:[-•·▪▫●○■□◦‣⁃∙►▶▸➢➤➔→✓✔❖◆◇][ \t\u00a0]+|[\uf000-\uf0ff][ \t\u00a0]*)(?=\S)/u;
/** Letters that Word prints as bullets in Courier New or Wingdings, with the gap that it puts after them. */
const WORD_BULLET = /^[o§ØüvqnlÞ](?: *\t[ \t\u00a0]*|\u00a0[ \u00a0]+| \u00a0+ *| {3,})(?=\S)/u;
/** One line with such a sign is a footnote or a dash, two consecutive lines are a list. */
const LIST_SIGN = /^([*–+])[ \t\u00a0]+(?=\S)/;
/** Glyphs that Word uses for list items, in any font. */
const WORD_GLYPH = /^[^\p{L}\p{N}(]$|^[o§ØüvqnlÞ]$/u;

/** The line without its bullet; null if it has none. */
export function withoutBullet(line: string): string | null {
  if (BULLET.test(line)) return line.replace(BULLET, '');
  return WORD_BULLET.test(line) ? line.replace(WORD_BULLET, '') : null;
}

/** The sign at the start of the line, if consecutive lines with it are a list. */
export function listSign(line: string): string | null {
  return LIST_SIGN.exec(line)?.[1] ?? null;
}

export function withoutListSign(line: string): string {
  return line.replace(LIST_SIGN, '');
}

/** The marker for the number or bullet that Word put before an item: empty for a bullet, otherwise `1. `, `a) `. */
export function wordMarker(text: string): string {
  const sign = text.replace(/[\s\u00a0]+/g, '');
  return sign === '' || WORD_GLYPH.test(sign) ? '' : `${sign} `;
}

const SEPARATOR = /^\s*([*_=~#•·◦–—\-+.…⁂❖♦◆§|°])(?:\s*\1)*\s*$/;

/** `* * *`, `———`, `###`: a line that only separates the text above from the text below. */
export function isSeparator(line: string): boolean {
  return SEPARATOR.test(line);
}
