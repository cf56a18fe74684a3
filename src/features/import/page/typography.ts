import type { Locale, PerLocale } from '../../../kernel/locale.js';
import type { NoteCode } from './imported.js';

/**
 * A rule of typography: a pattern for violations, and the replacement. A pattern matches only from the start of a word:
 * otherwise a long run would take quadratic time.
 */
interface Rule {
  readonly code: NoteCode;
  readonly locales?: readonly Locale[];
  readonly pattern: RegExp;
  readonly repair: (found: string, locale: Locale) => string;
}

export interface Suggestion {
  readonly code: NoteCode;
  readonly original: string;
  readonly repaired: string;
}

const QUOTES: PerLocale<readonly [open: string, close: string]> = {
  EN: ['“', '”'],
  ES: ['«', '»'],
  FR: ['«\u00a0', '\u00a0»'],
  PT: ['“', '”'],
};

/** French Unicode: U+202F before ; ! ?, U+00A0 before the colon and within guillemets. */
const frenchSpaces = (found: string): string =>
  found
    .replace(/« ?(?=\S)/g, '«\u00a0')
    .replace(/(?<=\S) ?»/g, '\u00a0»')
    .replace(/ ?:/g, '\u00a0:')
    .replace(/ ?([;!?]+)/g, '\u202f$1')
    .replace(/ ?%/g, '\u00a0%');

const RULES: readonly Rule[] = [
  {
    code: 'REPAIR_SUGGESTED',
    pattern: /(?<![\p{L}\p{N}])[\p{L}\p{N}]+[´`]\p{L}+/gu,
    repair: (found) => found.replace(/[´`]/g, '’'),
  },
  {
    code: 'REPAIR_SUGGESTED',
    pattern: /(?<!\S)\S+ {2,}\S+/g,
    repair: (found) => found.replace(/ +/g, ' '),
  },
  {
    code: 'APOSTROPHES',
    pattern: /(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:'\p{L}+)+/gu,
    repair: (found) => found.replaceAll("'", '’'),
  },
  {
    code: 'QUOTES',
    pattern: /(?<!\d)"[^"]{1,200}"/g,
    repair: (found, locale) => QUOTES[locale][0] + found.slice(1, -1) + QUOTES[locale][1],
  },
  {
    code: 'QUOTES',
    pattern: /(?<![\p{L}\p{N}])'[^'\n]{1,80}'(?![\p{L}\p{N}])/gu,
    repair: (found) => `‘${found.slice(1, -1)}’`,
  },
  {
    code: 'ELLIPSIS',
    pattern: /(?<![^\s/.])[^\s/.]*(?<!\.)\.{3}(?![./])[^\s/]*/g,
    repair: (found) => found.replace('...', '…'),
  },
  {
    code: 'DASHES',
    pattern: /(?<![-\S])\S* ?(?<!-)--(?!-) ?[^\s-]*/g,
    repair: (found, locale) => found.replace('--', locale === 'FR' ? '–' : '—'),
  },
  { code: 'DASHES', pattern: /(?<!\S)\S+ - \S+/g, repair: (found) => found.replace(' - ', ' – ') },
  {
    code: 'SPACES',
    locales: ['FR'],
    pattern:
      /«[^«»\n]{1,200}»|(?<![\p{L}\p{N})»”’])[\p{L}\p{N})»”’]+(?: ?[;!?]+(?![\p{L}\p{N}/=])| :|:(?=\s|$))|\d ?%/gu,
    repair: frenchSpaces,
  },
  {
    code: 'SPACES',
    locales: ['EN', 'ES', 'PT'],
    pattern: /«[^«»\n]{1,200}»/g,
    repair: (found) => found.replace(/(?<=«)\s+|\s+(?=»)/g, ''),
  },
  {
    code: 'SPACES',
    locales: ['ES'],
    pattern: /(?<!\d)\d+%/g,
    repair: (found) => found.replace('%', '\u00a0%'),
  },
  {
    code: 'SPACES',
    pattern: /(?<![\p{L}\p{N})])[\p{L}\p{N})]+ +[,.](?=\s|$)/gu,
    repair: (found) => found.replace(/ +/, ''),
  },
];

/** A hyphen that replaces a part of a word: *pre- and postwar*, *inter- y supranacional*. */
const JOINING = 'and|or|nor|to|y|o|e|u|a|ou|et|ni|nem';
const BROKEN = new RegExp(
  `(?<![\\p{L}\\-\\u2010])[\\p{L}\\-\\u2010]*\\p{L}[-\\u2010\\u00ad]\\s(?!(?:${JOINING})\\b)\\p{Ll}+`,
  'gu',
);

/** Typographical corrections of a text that is stored unchanged. */
export function typographyOf(plain: string, locale: Locale): Suggestion[] {
  const suggestions: Suggestion[] = [];
  for (const { code, locales, pattern, repair } of RULES) {
    if (locales && !locales.includes(locale)) continue;
    for (const [original] of plain.matchAll(pattern)) {
      if (/:\/\/|www\./.test(original)) continue;
      const repaired = repair(original, locale);
      if (repaired !== original) suggestions.push({ code, original, repaired });
    }
  }
  // The hyphen at the end of a line was either added by the typesetter, or belongs to the word: *inter-Ameri-/can*.
  for (const [original] of plain.matchAll(BROKEN)) {
    const repaired = original.replace(/[-\u2010\u00ad]\s/u, '');
    suggestions.push({ code: 'HYPHENATED', original: original.replace(/\s/u, ' '), repaired });
  }
  return suggestions;
}
