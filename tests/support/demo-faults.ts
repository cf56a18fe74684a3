import type { Locale } from '../../src/kernel/locale.js';
import { renderInline } from '../../src/kernel/rich-text/index.js';

type Rule = readonly [fault: string, pattern: RegExp];

const EVERYWHERE: readonly Rule[] = [
  ['straight quotation mark or apostrophe', /["'`´]/u],
  ['two spaces in a row', /[ \u00a0\u202f]{2}/u],
  ['space at an edge', /^\s|\s$/u],
  ['space before a comma, a stop or a closing bracket', /\s[,.)\]]/u],
  ['three stops for an ellipsis', /\.\.\./u],
  ['hyphen for a dash', /\s-\s/u],
  ['no space after a mark', /[,;:!?](?=\p{L})/u],
  ['a day that depends on when it is read', /\b(?:today|yesterday|hoy|ayer|hoje|ontem|hier)\b/iu],
  ['a day that depends on when it is read', /aujourd’hui/iu],
  ['control or zero-width character', /[\p{Cc}\u00ad\u200b-\u200f\ufeff]/u],
];

const NOT_FRENCH: readonly Rule[] = [
  ['space before a double mark', /\s[:;!?]/u],
  ['guillemets', /[«»]/u],
  ['thin space outside a number', /(?<!\d)\u202f|\u202f(?!\d)/u],
];

const RULES: Record<Locale, readonly Rule[]> = {
  EN: [...NOT_FRENCH, ['space before %', /\s%/u], ['inverted mark', /[¿¡]/u]],
  ES: [...NOT_FRENCH, ['% without U+00A0', /[^\u00a0]%/u]],
  FR: [
    ['colon without U+00A0', /(?<!\u00a0):/u],
    ['double mark without U+202F', /[^\u202f][;!?]/u],
    ['opening guillemet without U+00A0', /«[^\u00a0]/u],
    ['closing guillemet without U+00A0', /[^\u00a0]»/u],
    ['% without U+00A0', /[^\u00a0]%/u],
    ['English quotation marks', /[“”]/u],
    ['thousands without U+202F', /\d[ .,\u00a0]\d{3}(?!\d)/u],
    ['inverted mark', /[¿¡]/u],
  ],
  PT: [
    ...NOT_FRENCH,
    ['space before %', /\s%/u],
    ['spelling before the reform of 2009', /ü|[eo]i?éia|\p{L}éia\b/u],
    ['European spelling', /\b(?:equipa|facto|ecrã|oxigénio|económic[oa]s?)\b/iu],
    ['inverted mark', /[¿¡]/u],
  ],
};

/** What a reviser of that language would strike out in a text in inline CommonMark. */
export function typographyFaults(locale: Locale, markdown: string): string[] {
  const text = renderInline(markdown).plainText;
  const faults = [...EVERYWHERE, ...RULES[locale]]
    .filter(([, pattern]) => pattern.test(text))
    .map(([fault]) => fault);
  if (text !== text.normalize('NFC')) faults.push('not NFC');
  if (!isBalanced(text, '“', '”') || !isBalanced(text, '«', '»'))
    faults.push('quotation not closed');
  if (locale === 'ES' && !(isBalanced(text, '¿', '?') && isBalanced(text, '¡', '!'))) {
    faults.push('question or exclamation not opened');
  }
  return faults;
}

/** Opened, then closed, never nested. */
function isBalanced(text: string, open: string, close: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === open) depth += 1;
    if (sign === close) depth -= 1;
    if (depth < 0 || depth > 1) return false;
  }
  return depth === 0;
}

const SMALL_IN_TITLES = new Set(
  'a against ahead an and around as at before but by for from in into nor of on or over the to with'.split(
    ' ',
  ),
);

/** English has title case, the others sentence case: names apart, their words are small. */
export function titleFaults(locale: Locale, title: string): string[] {
  const words = title.match(/\p{L}[\p{L}’-]*/gu) ?? [];
  const small = words.filter((word) => /^\p{Ll}/u.test(word));
  if (/[.;,]$/u.test(title)) return ['a title has no stop'];
  if (!/^¿?[\p{Lu}\d]/u.test(title)) return ['begins with a small letter'];
  if (locale === 'EN') return small.filter((word) => !SMALL_IN_TITLES.has(word));
  return small.length * 2 < words.length ? ['capitals as in English'] : [];
}

/**
 * The numbers of a text by value, in ascending order, read as its language writes them. A full hour is one
 * number: 10:00, 10 h and 10h are alike.
 */
export function numbersIn(locale: Locale, markdown: string): number[] {
  const text = renderInline(markdown).plainText.replaceAll(/(?<=\d):00\b/gu, '');
  const found = text.match(/\d+(?:[.,\u202f]\d+)*/gu) ?? [];
  return found.map((digits) => valueOf(locale, digits)).sort((a, b) => a - b);
}

function valueOf(locale: Locale, digits: string): number {
  if (locale === 'EN') return Number(digits.replaceAll(',', ''));
  return Number(digits.replaceAll(/[.\u202f]/gu, '').replace(',', '.'));
}
