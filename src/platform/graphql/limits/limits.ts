/** Limits for one operation. */
export interface QueryLimits {
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Fields within fields; also how deep values and types may be nested. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields of the document with its fragments expanded wherever they are used. */
  readonly fields: number;
  /** Approximate number of fields in the response. */
  readonly cost: number;
  /** Whether a caller may query the schema. */
  readonly introspection: boolean;
}

/**
 * Enough for every query of a real client, and for the introspection of the explorer. A page of 100 releases with the
 * availability for every state is below the cost.
 */
export const QUERY_LIMITS: QueryLimits = {
  tokens: 3_000,
  depth: 18,
  aliases: 60,
  rootFields: 30,
  fields: 1_500,
  cost: 100_000,
  introspection: true,
};

/** A caller fixes a document with more errors step by step. */
export const MAX_VALIDATION_ERRORS = 5;

/**
 * For graphql-js's own validation, wherever it runs. Where callers may not read the schema, they must not learn its
 * names by misspelling them either.
 */
export function validationOptions({ introspection }: QueryLimits): {
  maxErrors: number;
  hideSuggestions: boolean;
} {
  return { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection };
}
