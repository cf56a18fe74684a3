import type { Locale } from '../locale.js';
import { codesIn } from '../reference-code.js';
import { compoundsOf, wordsOf } from './compounds.js';
import { lexemeOf } from './words/lexemes.js';
import { tokensOf } from './tokens.js';

/** A part of a text, and the weight of its words in PostgreSQL's text search. */
export interface WeightedText {
  readonly text: string;
  readonly weight: 'A' | 'B' | 'C';
  /** Codes in addition to those in the text. */
  readonly codes?: string;
}

/**
 * Limits of PostgreSQL's type tsvector: a position, the positions of a lexeme, and the total size in bytes (below 1
 * MB).
 */
const MAX_POSITION = 16_383;
const MAX_POSITIONS = 255;
const MAX_BYTES = 900_000;

/** No phrase spans two parts of a text. */
const GAP = 16;

/** The search index of a text, as a PostgreSQL tsvector literal. It contains no words of other languages. */
export function searchVector(parts: readonly WeightedText[], locale: Locale): string {
  const vector = new Vector();
  let offset = 0;
  for (const { text, weight, codes = '' } of parts) {
    const words = wordsOf(tokensOf(text), locale);
    const put = (lexeme: string, at: number) => vector.put(lexeme, offset + at + 1, weight);
    for (const [at, { lexeme, variants }] of words.entries()) {
      if (lexeme !== null) put(lexeme, at);
      for (const variant of variants) put(lexemeOf(variant, locale), at);
    }
    for (const { lexeme, first, last } of compoundsOf(words, locale)) {
      put(lexeme, first);
      put(lexeme, last);
    }
    for (const code of codesIn(`${codes} ${text}`)) put(code, 0);
    offset += words.length + GAP;
  }
  return vector.literal();
}

class Vector {
  private readonly positions = new Map<string, Set<string>>();
  private bytes = 0;

  put(lexeme: string, position: number, weight: string): void {
    let places = this.positions.get(lexeme);
    if (places === undefined) {
      const bytes = utf8Length(lexeme) + 8;
      if (this.bytes + bytes > MAX_BYTES) return;
      this.bytes += bytes;
      this.positions.set(lexeme, (places = new Set()));
    }
    if (places.size >= MAX_POSITIONS || this.bytes + 2 > MAX_BYTES) return;
    this.bytes += 2;
    places.add(`${Math.min(position, MAX_POSITION)}${weight}`);
  }

  literal(): string {
    return [...this.positions]
      .map(([lexeme, places]) => `${quoteLexeme(lexeme)}:${[...places].join(',')}`)
      .join(' ');
  }
}

/** In bytes; without Buffer, which browsers do not have. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}
