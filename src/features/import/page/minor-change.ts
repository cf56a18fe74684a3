import { renderInline } from '../../../kernel/rich-text/index.js';

const APOSTROPHES = /(?<=[\p{L}\p{N}])['’‘´`ʼ](?=\p{L})/gu;
const HYPHENS = /(?<=\p{L})[-\u2010\u2011](?=\p{L})/gu;
const MINUS = /(?<![\p{L}\p{N}])[-\u2212\u2013](?=\d)/gu;
/** Signs that change the meaning count as words: in 1.2 and 12, 5% and 5, $5 and €5. */
const TOKENS = /\u2212?\d+(?:[.,]\d+)*|[\p{L}\p{M}\p{N}]+|[\p{Sc}\p{Sm}\p{So}%‰&@#§]/gu;

/**
 * Whether two inline CommonMark texts differ only in typography, white space, letter case, punctuation and emphasis (a
 * MINOR change of a source; otherwise it is SUBSTANTIVE). Accents, signs within numbers, currency signs and the
 * addresses of links are not typography.
 */
export function isMinorChange(before: string, after: string): boolean {
  return ['', ' '].some((hyphen) => essence(before, hyphen) === essence(after, hyphen));
}

function essence(text: string, hyphen: string): string {
  const { html, plainText } = renderInline(text);
  const words = plainText
    .normalize('NFC')
    .replace(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/\p{Cf}/gu, '')
    .replace(APOSTROPHES, '')
    .replace(HYPHENS, hyphen)
    .replace(MINUS, '\u2212');
  const addresses = html.match(/href="[^"]*"/g) ?? [];
  return [...(words.toLowerCase().match(TOKENS) ?? []), ...addresses].join(' ');
}
