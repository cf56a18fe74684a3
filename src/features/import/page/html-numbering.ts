import type { Element } from 'hast';
import { styleOf } from './html-style.js';

type Numbering = (number: number) => string;

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

const decimal: Numbering = String;

const roman: Numbering = (number) => {
  if (number < 1 || number > 3999) return String(number);
  let left = number;
  let text = '';
  for (const [value, sign] of ROMAN) {
    for (; left >= value; left -= value) text += sign;
  }
  return text;
};

/** a … z, aa, ab … */
const alphabetic: Numbering = (number) => {
  if (number < 1) return String(number);
  let text = '';
  for (let left = number; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
  }
  return text;
};

const capitals =
  (numbering: Numbering): Numbering =>
  (number) =>
    numbering(number).toUpperCase();

const TYPES: Readonly<Record<string, Numbering>> = {
  '1': decimal,
  a: alphabetic,
  A: capitals(alphabetic),
  i: roman,
  I: capitals(roman),
};
const STYLES: Readonly<Record<string, Numbering>> = {
  decimal,
  'decimal-leading-zero': (number) => String(number).padStart(2, '0'),
  'lower-alpha': alphabetic,
  'lower-latin': alphabetic,
  'upper-alpha': capitals(alphabetic),
  'upper-latin': capitals(alphabetic),
  'lower-roman': roman,
  'upper-roman': capitals(roman),
};

/**
 * The marker that a browser renders before each item of an ordered list (HTML Standard §4.4.5 and §4.4.8: `start`,
 * `reversed`, `type`, `value`): `3. `, `c. `, `iii. `; '' if the style shows no number.
 */
export function markersOf(list: Element): Map<Element, string> {
  const items = list.children.filter(
    (child): child is Element => child.type === 'element' && child.tagName === 'li',
  );
  const isReversed =
    list.properties['reversed'] !== undefined && list.properties['reversed'] !== false;
  let number = integer(list.properties['start']) ?? (isReversed ? items.length : 1);
  const outer = numberingOf(list, decimal);
  return new Map(
    items.map((item) => {
      number = integer(item.properties['value']) ?? number;
      const numbering = numberingOf(item, outer);
      const marker = numbering ? `${numbering(number)}. ` : '';
      number += isReversed ? -1 : 1;
      return [item, marker];
    }),
  );
}

function numberingOf(element: Element, outer: Numbering | null): Numbering | null {
  const style = styleOf(element);
  const named = style.get('list-style-type') ?? style.get('list-style');
  if (named !== undefined) {
    const [known] = named.split(/\s+/).flatMap((name) => STYLES[name] ?? []);
    if (known) return known;
    if (/\b(?:none|disc|circle|square)\b/.test(named)) return null;
  }
  return TYPES[String(element.properties['type'] ?? '')] ?? outer;
}

/** HTML Standard §2.3.4.1: leading digits are used. */
function integer(property: unknown): number | null {
  const text = typeof property === 'string' || typeof property === 'number' ? String(property) : '';
  const [found] = /^\s*[+-]?\d{1,9}/.exec(text) ?? [];
  return found === undefined ? null : Number(found);
}
