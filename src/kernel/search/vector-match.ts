import type { MaybeQuery, SearchQuery } from './query-tree.js';
import { quoteLexeme, type WeightedText } from './vector.js';

type Weight = WeightedText['weight'];

/** A query, evaluated against one search index: as PostgreSQL's `ts_filter(vector, weights) @@ query`. */
class VectorMatch {
  constructor(
    private readonly vector: string,
    private readonly weights: readonly Weight[],
  ) {}

  isMatch(query: SearchQuery): boolean {
    switch (query.kind) {
      case 'LEXEME':
      case 'PHRASE':
        return this.positions(query).length > 0;
      case 'NOT':
        return !this.isMatch(query.query);
      case 'ALL':
        return query.queries.every((part) => this.isMatch(part));
      case 'ANY':
        return query.queries.some((part) => this.isMatch(part));
    }
  }

  /** Where the last word of each match is. */
  private positions(query: SearchQuery): number[] {
    switch (query.kind) {
      case 'LEXEME':
        return this.positionsOf(query.lexeme);
      case 'PHRASE':
        return query.steps.reduce<number[]>((ends, { query: next, distance }, index) => {
          const found = this.positions(next);
          if (index === 0) return found;
          const wanted = new Set(ends.map((end) => end + distance));
          return found.filter((position) => wanted.has(position));
        }, []);
      case 'NOT':
        return [];
      case 'ALL':
      case 'ANY':
        return query.queries.flatMap((part) => this.positions(part));
    }
  }

  private positionsOf(lexeme: string): number[] {
    const { vector } = this;
    const entry = `${quoteLexeme(lexeme)}:`;
    let at = vector.indexOf(entry);
    while (at > 0 && vector[at - 1] !== ' ') at = vector.indexOf(entry, at + 1);
    if (at < 0) return [];
    const start = at + entry.length;
    const end = vector.indexOf(' ', start);
    const places = vector.slice(start, end < 0 ? undefined : end).split(',');
    return places.flatMap((place) => {
      return this.weights.includes(place.slice(-1) as Weight) ? [Number.parseInt(place, 10)] : [];
    });
  }
}

/**
 * Whether a search finds a text.
 *
 * @param vector of the text; see {@link searchVector}
 * @param weights of the parts of the text that are searched
 */
export function matchesVector(
  query: MaybeQuery,
  vector: string,
  weights: readonly Weight[],
): boolean {
  return query !== null && new VectorMatch(vector, weights).isMatch(query);
}
