/** Letters that Unicode does not decompose, in the Latin letters that stand for them. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ß: 'ss', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th', ŋ: 'n' },
  ...{ ħ: 'h', ŧ: 't', ĸ: 'k', ɓ: 'b', ɗ: 'd', ɛ: 'e', ɔ: 'o', ƒ: 'f', ɨ: 'i', ʉ: 'u', ə: 'e' },
};

const UNDECOMPOSED = new RegExp(`[${Object.keys(LATIN).join('')}]`, 'gu');

/**
 * What cannot be seen between letters: soft hyphens, zero-width characters, marks of direction, variation selectors
 * (Unicode categories Cf and Mn).
 */
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]/gu;

export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** Small letters without accents; ligatures and letters such as ø are written out (UAX #15, NFKD). */
export function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(UNDECOMPOSED, (letter) => LATIN[letter] ?? letter);
}
