/** How much one operation may ask for. */
export interface QueryLimits {
  /** Words and signs of the document. */
  readonly tokens: number;
  /** Fields within fields; also how deep values and types may be nested. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields of the document with its fragments written out wherever they are used. */
  readonly fields: number;
  /** Fields that the answer may have, about. */
  readonly cost: number;
  /** Whether a caller may ask for the schema. */
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

/**
 * For graphql-js's own validation, wherever it runs. A document that is wrong in more places is mended one by one; the
 * names of a schema are asked for, not guessed at by misspelling.
 */
export const VALIDATION = { maxErrors: 5, hideSuggestions: true } as const;
