/** Letters that Unicode does not decompose, with their Latin replacements. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ß: 'ss', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th', ŋ: 'n' },
  ...{ ħ: 'h', ŧ: 't', ĸ: 'k', ɓ: 'b', ɗ: 'd', ɛ: 'e', ɔ: 'o', ƒ: 'f', ɨ: 'i', ʉ: 'u', ə: 'e' },
};

const UNDECOMPOSED = new RegExp(`[${Object.keys(LATIN).join('')}]`, 'gu');

/**
 * Invisible characters between letters: soft hyphens, zero-width characters, directional marks, variation selectors
 * (Unicode categories Cf and Mn).
 */
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]/gu;

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Converts to lower case without accents; ligatures and letters such as ø are expanded (UAX #15, NFKD). */
export function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(UNDECOMPOSED, (letter) => LATIN[letter] ?? letter);
}
