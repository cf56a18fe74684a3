import type { Locale } from '../locale.js';
import { codePlacesIn } from '../reference-code.js';
import { compoundsOf, wordsOf } from './compounds.js';
import type { MaybeQuery, SearchQuery } from './query-tree.js';
import { tokensOf } from './tokens.js';
import { lexemeOf } from './words/lexemes.js';

/** From `start` up to and without `end`, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface Place extends TextRange {
  /** The position of its last word, in words. */
  readonly at: number;
}

/** Codes have no position: no phrase contains one. */
const NO_POSITION = -Infinity;

/**
 * Where the lexemes and phrases of a query stand in a text, sorted and without overlaps: as {@link searchVector} indexes
 * the text, so that the same words are found. A lexeme counts without the others of its query, which may be in another
 * part of the text; a phrase only as a whole, as one range.
 */
export function matchRanges(text: string, query: MaybeQuery, locale: Locale): TextRange[] {
  if (!query || text === '') return [];
  return merged(placesOf(query, placesByLexeme(text, query, locale)));
}

type Places = ReadonlyMap<string, Place[]>;

/** The places of those lexemes that the query has. */
function placesByLexeme(text: string, query: SearchQuery, locale: Locale): Places {
  const places = new Map(lexemesIn(query).map((lexeme) => [lexeme, [] as Place[]]));
  const words = wordsOf(tokensOf(text), locale);
  for (const [at, { lexeme, variants, start, end }] of words.entries()) {
    if (lexeme !== null) places.get(lexeme)?.push({ at, start, end });
    for (const variant of variants) places.get(lexemeOf(variant, locale))?.push({ at, start, end });
  }
  for (const { lexeme, first, last } of compoundsOf(words, locale)) {
    const range = { start: words[first]?.start ?? 0, end: words[last]?.end ?? 0 };
    places.get(lexeme)?.push({ at: first, ...range }, { at: last, ...range });
  }
  for (const { code, start, end } of codePlacesIn(text)) {
    places.get(code)?.push({ at: NO_POSITION, start, end });
  }
  return places;
}

function lexemesIn(query: SearchQuery): string[] {
  switch (query.kind) {
    case 'LEXEME':
      return [query.lexeme];
    case 'NOT':
      return [];
    case 'PHRASE':
      return query.steps.flatMap((step) => lexemesIn(step.query));
    case 'ALL':
    case 'ANY':
      return query.queries.flatMap(lexemesIn);
  }
}

function placesOf(query: SearchQuery, places: Places): Place[] {
  switch (query.kind) {
    case 'LEXEME':
      return places.get(query.lexeme) ?? [];
    case 'NOT':
      return [];
    case 'PHRASE':
      return query.steps.reduce<Place[]>((found, { query: next, distance }, index) => {
        const later = placesOf(next, places);
        return index === 0 ? later : following(found, later, distance);
      }, []);
    case 'ALL':
    case 'ANY':
      return query.queries.flatMap((part) => placesOf(part, places));
  }
}

/** Those of `later` that come at this distance after one of `earlier`, each together with it. */
function following(earlier: readonly Place[], later: readonly Place[], distance: number): Place[] {
  const byPosition = new Map<number, Place>();
  for (const place of later) {
    const known = byPosition.get(place.at);
    byPosition.set(place.at, known ? together(known, place) : place);
  }
  return earlier.flatMap((place) => {
    const next = byPosition.get(place.at + distance);
    return next ? [together(place, next)] : [];
  });
}

function together(one: Place, other: Place): Place {
  return {
    at: other.at,
    start: Math.min(one.start, other.start),
    end: Math.max(one.end, other.end),
  };
}

function merged(places: readonly Place[]): TextRange[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = ranges.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}
