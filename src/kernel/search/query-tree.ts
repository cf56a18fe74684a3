import { quoteLexeme } from './vector.js';

/** A search in one locale. */
export type SearchQuery =
  | { readonly kind: 'LEXEME'; readonly lexeme: string }
  | { readonly kind: 'NOT'; readonly query: SearchQuery }
  | { readonly kind: 'ALL' | 'ANY'; readonly queries: readonly SearchQuery[] }
  | { readonly kind: 'PHRASE'; readonly steps: readonly PhraseStep[] };

interface PhraseStep {
  readonly query: SearchQuery;
  /** From the step before, in words; 0 for the first one. */
  readonly distance: number;
}

/** A query or, for stop words alone, none. */
export type MaybeQuery = SearchQuery | null;

export function lexeme(value: string): SearchQuery {
  return { kind: 'LEXEME', lexeme: value };
}

export function not(query: MaybeQuery): MaybeQuery {
  return query && { kind: 'NOT', query };
}

export function all(queries: readonly MaybeQuery[]): MaybeQuery {
  return combined('ALL', queries);
}

export function any(queries: readonly MaybeQuery[]): MaybeQuery {
  return combined('ANY', queries);
}

function combined(kind: 'ALL' | 'ANY', queries: readonly MaybeQuery[]): MaybeQuery {
  const unique = new Map(
    queries.flatMap((query) => (query ? [[queryLiteral(query), query] as const] : [])),
  );
  const parts = [...unique.values()];
  return parts.length > 1 ? { kind, queries: parts } : (parts[0] ?? null);
}

/** Whether a query has a phrase, which may begin in one paragraph of a text and end in the next. */
export function hasPhrase(query: MaybeQuery): boolean {
  switch (query?.kind) {
    case 'PHRASE':
      return true;
    case 'ALL':
    case 'ANY':
      return query.queries.some(hasPhrase);
    default:
      return false;
  }
}

/** One after another; null stands for a stop word, which leaves a distance. */
export function phrase(queries: readonly MaybeQuery[]): MaybeQuery {
  const steps: PhraseStep[] = [];
  let distance = 1;
  for (const query of queries) {
    if (query) steps.push({ query, distance: steps.length === 0 ? 0 : distance });
    distance = query ? 1 : distance + 1;
  }
  return steps.length > 1 ? { kind: 'PHRASE', steps } : (steps[0]?.query ?? null);
}

/** A PostgreSQL tsquery literal; the empty one matches nothing. */
export function queryLiteral(query: MaybeQuery): string {
  if (!query) return '';
  switch (query.kind) {
    case 'LEXEME':
      return quoteLexeme(query.lexeme);
    case 'NOT':
      return `!${queryLiteral(query.query)}`;
    case 'PHRASE':
      return `(${query.steps.map(stepLiteral).join('')})`;
    case 'ALL':
    case 'ANY': {
      const operator = query.kind === 'ALL' ? ' & ' : ' | ';
      return `(${query.queries.map(queryLiteral).join(operator)})`;
    }
  }
}

function stepLiteral({ query, distance }: PhraseStep): string {
  return distance === 0 ? queryLiteral(query) : ` <${distance}> ${queryLiteral(query)}`;
}
