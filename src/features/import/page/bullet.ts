/** Glyphs that are nothing but bullets, and a hyphen as old pages write it. */
const BULLET = /^(?:[-•·▪▫●○■□◦‣⁃∙►▶▸➢➤➔→✓✔❖◆◇][ \t\u00a0]+|[\uf000-\uf0ff][ \t\u00a0]*)(?=\S)/u;
/** Letters that Word prints in Courier New or Wingdings, with the gap that it puts behind them. */
const WORD_BULLET = /^[o§ØüvqnlÞ](?: *\t[ \t\u00a0]*|\u00a0[ \u00a0]+| \u00a0+ *| {3,})(?=\S)/u;
/** One of these by itself is a footnote or a dash, two lines in a row are a list. */
const LIST_SIGN = /^([*–+])[ \t\u00a0]+(?=\S)/;
/** What a list in Word may have for a glyph, whatever its font. */
const WORD_GLYPH = /^[^\p{L}\p{N}(]$|^[o§ØüvqnlÞ]$/u;

/** The line without its bullet; null where it has none. */
export function withoutBullet(line: string): string | null {
  if (BULLET.test(line)) return line.replace(BULLET, '');
  return WORD_BULLET.test(line) ? line.replace(WORD_BULLET, '') : null;
}

/** The sign with which the line begins, if lines that begin so are a list where they follow each other. */
export function listSign(line: string): string | null {
  return LIST_SIGN.exec(line)?.[1] ?? null;
}

export function withoutListSign(line: string): string {
  return line.replace(LIST_SIGN, '');
}

/** What stands before an item that Word numbered: nothing for a bullet, else `1. `, `a) `. */
export function wordMarker(text: string): string {
  const sign = text.replace(/[\s\u00a0]+/g, '');
  return sign === '' || WORD_GLYPH.test(sign) ? '' : `${sign} `;
}

const SEPARATOR = /^\s*([*_=~#•·◦–—\-+.…⁂❖♦◆§|°])(?:\s*\1)*\s*$/;

/** `* * *`, `———`, `###`: a line that parts what is above from what is below, and says nothing. */
export function isSeparator(line: string): boolean {
  return SEPARATOR.test(line);
}
