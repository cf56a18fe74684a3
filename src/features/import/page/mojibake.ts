/** The characters of windows-1252 from 0x80 to 0x9F; a space for an undefined one. */
export const WESTERN_80 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const C1 = /[\u0080-\u009f]/g;

/** A damaged place in a text, up to the blanks around it; `repaired` is null if the intended text is unknown. */
export interface Damage {
  readonly original: string;
  readonly repaired: string | null;
}

/**
 * Restores the quotation marks and dashes of windows-1252 that were read as C1 controls. A control that is undefined in
 * windows-1252 is unchanged.
 */
export function repairC1(text: string): string {
  // The second and third byte of a closing quotation mark: the only place where 0x9D is known to be correct.
  return text.replace(/â€\u009d/g, '”').replace(C1, (char) => {
    const meant = WESTERN_80.charAt(char.charCodeAt(0) - 0x80);
    return meant === ' ' ? char : meant;
  });
}

/**
 * Finds places where UTF-8 was read as windows-1252, once or repeatedly (`misiÃ³n`, `Â«`), where a character was
 * replaced by U+FFFD or a question mark, and where half of such a pair remains (`20Â %`).
 */
export function damageIn(text: string): Damage[] {
  if (!SUSPECT.test(text)) return [];
  const words = [...new Set(text.split(/[ \t\n]+/))];
  const found = words.flatMap((word): Damage[] => {
    const isSure = hasSurePair(word);
    if (isSure) return [{ original: word, repaired: decoded(word) }];
    return LEFTOVER.test(word) || isReplaced(word) ? [{ original: word, repaired: null }] : [];
  });
  return found;
}

const SUSPECT = /[ÂÃÅâðï\ufffd?]/;

/** `Â` or `Ã` whose other half was a no-break space, and `â€` whose third part is lost. */
const LEFTOVER = /(?<![\p{L}\p{M}])Ã(?![\p{L}\p{M}])|(?<!\p{Lu})Â(?![\p{L}\p{M}])|â€/u;

/** A question mark in place of a letter or an apostrophe; in addresses it is legitimate. */
function isReplaced(word: string): boolean {
  if (word.includes('\ufffd')) return true;
  if (/[/=&@]|www\.|[¿]/.test(word)) return false;
  return /\p{L}\?\p{Ll}|\p{Lu}{2}\?\p{Lu}|\p{Lu}\?\p{Lu}{2}/u.test(word);
}

function hasSurePair(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) {
    const pair = pairAt(word, at);
    if (pair && !isRightText(word, at, pair.length)) return true;
  }
  return false;
}

/** “IRMÔ: a capital at the end of a word in capitals, and a mark that does not belong to it. */
function isRightText(word: string, at: number, length: number): boolean {
  const before = word.slice(0, at);
  const rest = word.slice(at + 1, at + length);
  const after = word.slice(at + length);
  const areMarks = /^[\p{P}\p{Z}\p{Cc}]+$/u.test(rest);
  return /\p{Lu}$/u.test(before) && areMarks && !/^\p{L}/u.test(after);
}

const MAX_ROUNDS = 3;

function decoded(word: string): string {
  let text = word;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    let next = '';
    for (let at = 0; at < text.length;) {
      const pair = pairAt(text, at);
      next += pair?.char ?? text.charAt(at);
      at += pair?.length ?? 1;
    }
    if (next === text) break;
    text = next;
  }
  return text;
}

/** The character whose UTF-8 bytes appear here as characters of windows-1252. */
function pairAt(text: string, at: number): { char: string; length: number } | null {
  const lead = byteOf(text, at);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (![0xc2, 0xc3, 0xc5, 0xe2, 0xef, 0xf0].includes(lead)) return null;
  let point = lead & (0xff >> (length + 1));
  for (let next = 1; next < length; next += 1) {
    const byte = byteOf(text, at + next);
    if (byte < 0x80 || byte > 0xbf) return null;
    point = (point << 6) | (byte & 0x3f);
  }
  return isPlausible(point) ? { char: String.fromCodePoint(point), length } : null;
}

function byteOf(text: string, at: number): number {
  const char = text.charAt(at);
  const code = char.charCodeAt(0);
  if (code >= 0x80 && code <= 0xff) return code;
  const place = char === '' || char === ' ' ? -1 : WESTERN_80.indexOf(char);
  return place < 0 ? -1 : place + 0x80;
}

const LATIN_EXTENDED = [0x152, 0x153, 0x160, 0x161, 0x178, 0x17d, 0x17e];
/** General punctuation, currency and letterlike signs, arrows, operators; the byte order mark; emoji. */
const RANGES: readonly (readonly [number, number])[] = [
  [0xa0, 0xff],
  [0x2010, 0x2044],
  [0x20a0, 0x22ff],
  [0xfeff, 0xfeff],
  [0x1f300, 0x1faff],
];

function isPlausible(point: number): boolean {
  return (
    LATIN_EXTENDED.includes(point) || RANGES.some(([from, to]) => point >= from && point <= to)
  );
}
