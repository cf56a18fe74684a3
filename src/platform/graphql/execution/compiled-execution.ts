import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';

import { type MaybePromise, mapMaybe } from '../../../kernel/maybe-promise.js';
import { compile } from './compile.js';
import { MAX_ERRORS } from '../limits/error-bounds.js';
import type { RequestContext } from './request-context.js';

/** Apollo Server's interface for another executor. */
type Executor = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

interface Request {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | null;
  readonly context: RequestContext;
  readonly request: {
    readonly variables?: Record<string, unknown>;
    /** As requested, whether or not the document has an operation of that name. */
    readonly operationName?: string;
  };
}

/** A document that has been executed, and its compiled operations by name. */
interface Seen {
  times: number;
  readonly compiled: Map<string, CompiledQuery | null>;
}

export interface ExecutionOptions<Context> {
  readonly schema: GraphQLSchema;
  /** Whether an operation that was executed must be executed again. */
  readonly startOver: (context: Context) => Promise<boolean>;
  /** How often a document must be requested before it is compiled. */
  readonly times?: number | undefined;
}

/** Compiling costs about as much as a few dozen executions, so it waits for the second request. */
const DEFAULT_TIMES = 2;

/**
 * Executes queries as JavaScript that graphql-jit generates once for each document. Mutations, introspection and
 * documents that it cannot compile run in graphql-js; so do variables with errors, for the exact messages. The compiled
 * code lives as long as the document in Apollo Server's cache.
 */
export function compiledExecution({
  schema,
  startOver,
  times = DEFAULT_TIMES,
}: ExecutionOptions<RequestContext>): Executor {
  const seen = new WeakMap<DocumentNode, Seen>();
  const run = (request: Request): MaybePromise<ExecutionResult> => {
    const compiled = isCompilable(request) ? compiledFor(schema, seen, times, request) : null;
    if (!compiled) return interpret(schema, request);
    const { variables } = request.request;
    // Compiled code finds every error in a long list; graphql-js stops at a limit.
    if (hasMany(variables) && !fits(schema, request)) return interpret(schema, request);
    const result = compiled.query(undefined, request.context, variables);
    // Nothing was executed: the variables have errors.
    if ('errors' in result && result.data === undefined) return interpret(schema, request);
    return mapMaybe(result, withNamedErrors);
  };
  const executor = async (request: Request): Promise<ExecutionResult> => {
    const result = await run(request);
    return (await startOver(request.context)) ? run(request) : result;
  };
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor: executor as never }),
    stop: () => Promise.resolve(),
  };
}

/** Errors of graphql-jit are not instances of {@link GraphQLError}, which Apollo Server relies on. */
function withNamedErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(({ message, path, locations, originalError }) => {
    const error = new GraphQLError(message, { path, originalError });
    Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
    return error;
  });
  return { ...result, errors };
}

/** Whether there are so many values that reporting each error would take long. */
function hasMany(variables: Record<string, unknown> = {}): boolean {
  return Object.values(variables).some((value) => {
    if (typeof value !== 'object' || value === null) return false;
    const parts = Array.isArray(value) ? [value] : Object.values(value);
    return parts.some((part) => Array.isArray(part) && part.length > 50);
  });
}

function fits(schema: GraphQLSchema, { operation, request }: Request): boolean {
  const definitions = operation?.variableDefinitions ?? [];
  const values = getVariableValues(schema, definitions, request.variables ?? {}, { maxErrors: 1 });
  return values.coerced !== undefined;
}

function interpret(
  schema: GraphQLSchema,
  { document, context, request }: Request,
): MaybePromise<ExecutionResult> {
  return execute({
    schema,
    document,
    operationName: request.operationName,
    contextValue: context,
    variableValues: request.variables,
    // No further errors are reported.
    options: { maxCoercionErrors: MAX_ERRORS },
  });
}

function compiledFor(
  schema: GraphQLSchema,
  documents: WeakMap<DocumentNode, Seen>,
  times: number,
  { document, operationName }: Request,
): CompiledQuery | null {
  let seen = documents.get(document);
  if (!seen) documents.set(document, (seen = { times: 0, compiled: new Map() }));
  seen.times += 1;
  if (seen.times < times) return null;
  const name = operationName ?? '';
  let compiled = seen.compiled.get(name);
  if (compiled === undefined) {
    compiled = compile(schema, document, operationName ?? undefined);
    seen.compiled.set(name, compiled);
  }
  return compiled;
}

function isCompilable({ operation }: Request): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY) return false;
  return !operation.selectionSet.selections.some((selection) => {
    return selection.kind === Kind.FIELD && selection.name.value.startsWith('__');
  });
}
