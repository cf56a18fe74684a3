import type { ApolloServerPlugin } from '@apollo/server';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  separateOperations,
  type ValidationContext,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';

import { AppError } from '../../kernel/errors.js';
import type { RequestContext } from './request-context.js';

/** Enough for every query of a real client, and for the introspection of the explorer. */
export const LIMITS = {
  tokens: 3_000,
  depth: 18,
  aliases: 60,
  /** Fields that an answer may have, about; a page of 100 releases with availability for all is below. */
  complexity: 100_000,
} as const;

function tooComplex(limit: number): GraphQLError {
  const error = new AppError('QUERY_TOO_COMPLEX', { limit });
  return new GraphQLError('too complex', {
    originalError: error,
    extensions: { http: { status: error.row.status } },
  });
}

/** Reported, not thrown: Apollo takes what a rule throws for a fault of the server. */
const report = (limit: number) => (context: ValidationContext | null) => {
  context?.reportError(tooComplex(limit));
};

export const limitRules = [
  maxDepthRule({
    n: LIMITS.depth,
    ignoreIntrospection: true,
    propagateOnRejection: false,
    onReject: [report(LIMITS.depth)],
  }),
  maxAliasesRule({
    n: LIMITS.aliases,
    allowList: [],
    propagateOnRejection: false,
    onReject: [report(LIMITS.aliases)],
  }),
];

/** Fields that give a page of `first` (or `last`) things. */
const PAGED = new Set([
  'releases',
  'worklist',
  'editorialReleases',
  'localeEntries',
  'history',
  'releaseChanges',
  'releaseChanged',
]);

/** How many things a list has, about, where no argument says so; with its type where the name alone does not tell. */
const LISTS: Record<string, number> = {
  availabilities: 35,
  memberStates: 35,
  topics: 5,
  audiences: 3,
  mentions: 5,
  locales: 4,
  blocks: 8,
  trail: 4,
  alternates: 4,
  translations: 4,
  segments: 10,
  comments: 5,
  difference: 5,
  unmet: 10,
  audienceRules: 40,
  'ParityReport.audiences': 35,
};

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const { first, last, ids } = args as { first?: number; last?: number; ids?: unknown[] };
  if (PAGED.has(field.name)) {
    // A size out of range is refused later, by name; here it must not make up for something else.
    const size = Math.min(Math.max(first ?? last ?? 20, 1), 100);
    return 1 + size * childComplexity;
  }
  if (field.name === 'nodes' && ids) return 1 + ids.length * childComplexity;
  const size = LISTS[`${type.name}.${field.name}`] ?? LISTS[field.name] ?? 1;
  return 1 + size * childComplexity;
}

/** Refuses a query whose answer would be too large, before anything of it runs. */
export function complexityPlugin(): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operationName, request }) {
          const fault = complexityFault(schema, document, operationName, request.variables);
          if (fault) throw fault;
        },
      };
    },
  };
}

/** Complexities of documents that came before; they go with the documents. */
const measures = new WeakMap<DocumentNode, Map<string, number>>();
const MOST_MEASURES = 50;

/** @returns what is to be said of an operation whose answer would be too large; null of any other */
export function complexityFault(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): GraphQLError | null {
  const key = `${operationName ?? ''} ${sizesIn(variables)}`;
  let known = measures.get(document);
  if (!known || known.size > MOST_MEASURES) measures.set(document, (known = new Map()));
  let complexity = known.get(key);
  if (complexity === undefined) {
    const query = separateOperations(document)[operationName ?? ''] ?? document;
    complexity = measured(() =>
      getComplexity({ schema, query, variables: { ...variables }, estimators: [estimate] }),
    );
    known.set(key, complexity);
  }
  return complexity > LIMITS.complexity ? tooComplex(LIMITS.complexity) : null;
}

/** All that the size of an answer can depend on: page sizes, lengths of lists, conditions, and whether values fit. */
function sizesIn(variables: Readonly<Record<string, unknown>> | null | undefined): string {
  let sizes = '';
  for (const name in variables) {
    const value = variables[name];
    if (typeof value === 'string') sizes += ` ${name}`;
    else if (Array.isArray(value)) sizes += ` ${name}:${value.length}`;
    else if (typeof value !== 'object') sizes += ` ${name}=${String(value)}`;
    else sizes += ` ${name}${value === null ? '-' : '+'}`;
  }
  return sizes;
}

/** Wrong variables make the measure fail; the execution reports them, with their paths. */
function measured(measure: () => number): number {
  try {
    return measure();
  } catch {
    return 0;
  }
}
