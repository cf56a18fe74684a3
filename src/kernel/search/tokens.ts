import { memoizeByText } from '../memoize-by-text.js';
import { withoutInvisible } from './fold.js';

/**
 * The separator between a word and the previous one: only spaces; a hyphen or an apostrophe, which joins both into one
 * compound; a dot or an at sign, as in addresses; or anything else.
 */
export type Link = 'NONE' | 'SPACE' | 'HYPHEN' | 'APOSTROPHE' | 'DOT';

/** A word of a text as it is displayed. */
export interface Token {
  /** Lower case in NFKC, with accents. */
  readonly text: string;
  /** Other spellings: of a number, or without the superscript digits at its end. */
  readonly variants: readonly string[];
  readonly link: Link;
  /** Only capitals, at least two: an acronym, unless everything around it is in capitals too. */
  readonly isCapitals: boolean;
  /** A number of up to three digits next to a slash: nobody searches for the 12 in 305/12. */
  readonly isCodePart: boolean;
  /** Its offset in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** Modifier letters that people use as apostrophes do not count as letters. */
const APOSTROPHES = "'’‘‛ʼʻʹʽ′`´＇";
const HYPHENS = '-‐‑‒−﹣－';
const LETTER = String.raw`(?![${APOSTROPHES}])[\p{L}\p{Nl}][\p{M}\p{Cf}]*`;
/** CO₂ is also written CO2. */
const DIGIT = String.raw`[\p{Nd}₀-₉][\p{M}\p{Cf}]*`;
const SUPERSCRIPT = '[²³¹⁰⁴-⁹]';

/** 30 000, 30,000, 30.000, 1’250’000: groups of three digits after the first. */
const GROUPED = String.raw`\p{Nd}{1,3}(?:[ \u00a0\u2009\u202f.,'’]\p{Nd}{3}){1,6}(?![\p{Nd}\p{L}])(?![.,'’\u00a0\u202f]\p{Nd})`;
/** 1.2 and 1,2; but not 2010,2011. */
const DECIMAL = String.raw`(?!\p{Nd}{4}[.,]\p{Nd}{4})\p{Nd}{1,15}[.,]\p{Nd}{1,15}(?![\p{Nd}\p{L}])(?![.,\-/]\p{Nd})`;
const NUMBER_BEFORE = String.raw`(?<![\p{L}\p{M}\p{Nd}]|\p{Nd}[.,'’\u00a0\u202f])`;
/** O.E.A., U.S.; O. E. A.; EE.UU., EE. UU., DD. HH. */
const DOTTED = String.raw`\p{L}(?:\.\p{L}){1,9}(?![\p{L}\p{M}\p{Nd}])`;
const SPACED = String.raw`\p{Lu}\.(?:[ \u00a0\u202f]\p{Lu}\.){2,9}`;
const DOUBLED =
  String.raw`(\p{Lu})\k<first>\.[ \u00a0\u202f]?(?<second>\p{Lu})\k<second>(?![\p{L}\p{M}\p{Nd}])`.replace(
    '(',
    '(?<first>',
  );
const ACRONYM_BEFORE = String.raw`(?<![\p{L}\p{M}\p{Nd}]|\p{L}\.)`;

const TOKEN = new RegExp(
  [
    `${NUMBER_BEFORE}(?<number>${GROUPED}|${DECIMAL})`,
    `${ACRONYM_BEFORE}(?<acronym>${DOTTED}|${SPACED}|${DOUBLED})`,
    `(?:${LETTER}|${DIGIT})+(?<note>${SUPERSCRIPT}{1,3})?`,
  ].join('|'),
  'gu',
);

const IS_CAPITALS = /^\p{Lu}{2,}$/u;

/** The words of a text, in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const start = found.index;
    const link = tokens.length === 0 ? 'NONE' : linkOf(text.slice(end, start));
    end = start + found[0].length;
    const reading = readingOf(found);
    const isBesideSlash = text[start - 1] === '/' || text[end] === '/';
    const isCodePart = isBesideSlash && /^\d{1,3}$/.test(reading.text);
    tokens.push({ ...reading, link, isCodePart, start, end });
  }
  return tokens;
}

type Reading = Pick<Token, 'text' | 'variants' | 'isCapitals'>;

function readingOf({ 0: raw, groups: { number, acronym, note } = {} }: RegExpMatchArray): Reading {
  if (number === undefined && acronym === undefined && note === undefined) return plainWord(raw);
  if (number !== undefined) return { ...numberOf(number.normalize('NFKC')), isCapitals: false };
  const word = (note === undefined ? raw : raw.slice(0, -note.length)).normalize('NFKC');
  const plain = acronym === undefined ? withoutInvisible(word) : word.replace(/[.\s]/g, '');
  const text = plain.toLowerCase();
  const isCapitals = IS_CAPITALS.test(plain);
  // 2012¹ is 2012 with a note; km² is also written km2.
  if (note === undefined || /\d$/.test(text)) return { text, variants: [], isCapitals };
  return { text: `${text}${note.normalize('NFKC')}`, variants: [text], isCapitals };
}

const MAX_CACHED_WORDS = 20_000;
/** V8 stores a longer part of a text as a reference to the whole text, which the cache would keep in memory. */
const MAX_CACHED_LENGTH = 12;

function plainWord(raw: string): Reading {
  return raw.length > MAX_CACHED_LENGTH ? readPlainWord(raw) : shortWord(raw);
}

/** Most words of a text occur again and again. */
const shortWord = memoizeByText(readPlainWord, MAX_CACHED_WORDS);

function readPlainWord(raw: string): Reading {
  const plain = withoutInvisible(raw.normalize('NFKC'));
  return { text: plain.toLowerCase(), variants: [], isCapitals: IS_CAPITALS.test(plain) };
}

/** 30 000 is 30000; 1.840 may be that or a decimal fraction, which is written with a point or a comma. */
function numberOf(seen: string): Omit<Reading, 'isCapitals'> {
  const isGrouped = /^\d{1,3}(?:[^\d]\d{3})+$/.test(seen);
  const decimal = /^\d+[.,]\d+$/.test(seen) ? [seen.replace(',', '.')] : [];
  const [text = seen, ...variants] = isGrouped ? [seen.replace(/\D/g, ''), ...decimal] : decimal;
  return { text, variants };
}

const INSIDE: readonly (readonly [RegExp, Link])[] = [
  [new RegExp(`^\\.?[${HYPHENS}]$`, 'u'), 'HYPHEN'],
  [new RegExp(`^\\.?[${APOSTROPHES}]$`, 'u'), 'APOSTROPHE'],
  [/^[.@_]$/, 'DOT'],
  [/^[\p{Zs}\t\r\n]+$/u, 'SPACE'],
];

function linkOf(between: string): Link {
  if (between === ' ') return 'SPACE';
  const gap = withoutInvisible(between);
  return INSIDE.find(([pattern]) => pattern.test(gap))?.[1] ?? 'NONE';
}
