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
import type { DividedExecution, DividedQuery } from './divided-execution.js';
import { MOST_ERRORS } from '../limits/error-bounds.js';
import type { RequestContext } from './request-context.js';

/** How Apollo Server is told of an executor of one's own. */
type Executor = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

interface Request {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | null;
  readonly context: RequestContext;
  readonly request: {
    readonly variables?: Record<string, unknown>;
    /** As the caller says it, whether or not there is one of that name. */
    readonly operationName?: string;
  };
}

/** A document that was executed; one that comes once only is not worth the work. */
interface Seen {
  times: number;
  readonly compiled: Map<string, Compiled | null>;
}

interface Compiled {
  readonly whole: CompiledQuery;
  /** Made where it is first of use; null where there is nothing to divide. */
  divided: DividedQuery | null | undefined;
}

export interface ExecutionParts<Context> {
  readonly schema: GraphQLSchema;
  /** Whether an operation that was executed is to be executed again. */
  readonly startOver: (context: Context) => Promise<boolean>;
  /** Answers parts of queries from what is kept; null where nothing is. */
  readonly divided: DividedExecution | null;
  /** How often a document has to come before it is compiled. */
  readonly times?: number | undefined;
}

/** Compiling costs about as much as some tens of executions, so it is done when a document comes again. */
const USUAL_TIMES = 2;

/**
 * Executes queries as JavaScript that is made of each document once (graphql-jit). Mutations, introspection and
 * whatever it cannot compile are graphql-js's; so are variables that do not fit, for their exact errors. Apollo keeps
 * the documents, and with them goes what was made of them.
 */
export function compiledExecution({
  schema,
  startOver,
  divided,
  times = USUAL_TIMES,
}: ExecutionParts<RequestContext>): Executor {
  const seen = new WeakMap<DocumentNode, Seen>();
  const run = (request: Request): MaybePromise<ExecutionResult> => {
    const compiled = isCompilable(request) ? compiledFor(schema, seen, times, request) : null;
    if (!compiled) return interpret(schema, request);
    const { variables } = request.request;
    // What is compiled finds each fault of a long list; graphql-js gives up after some.
    if (hasMany(variables) && !fits(schema, request)) return interpret(schema, request);
    const parts = divided?.isFor(request.context) ? partsOf(divided, compiled, request) : null;
    if (!divided || !parts) return runWhole(compiled.whole, request);
    return mapMaybe(divided.run(parts, request.context, variables), (result) => {
      return result ?? runWhole(compiled.whole, request);
    });
  };
  const runWhole = (whole: CompiledQuery, request: Request): MaybePromise<ExecutionResult> => {
    const result = whole.query(undefined, request.context, request.request.variables);
    // Nothing was executed: the variables do not fit.
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

/** Those of graphql-jit look like graphql-js's, but lack what Apollo Server and {@link GraphQLError} count on. */
function withNamedErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(({ message, path, locations, originalError }) => {
    const error = new GraphQLError(message, { path, originalError });
    Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
    return error;
  });
  return { ...result, errors };
}

/** Whether there are so many values that it takes time to find fault with each of them. */
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
    // No more of them are told.
    options: { maxCoercionErrors: MOST_ERRORS },
  });
}

function compiledFor(
  schema: GraphQLSchema,
  documents: WeakMap<DocumentNode, Seen>,
  times: number,
  { document, operationName }: Request,
): Compiled | null {
  let seen = documents.get(document);
  if (!seen) documents.set(document, (seen = { times: 0, compiled: new Map() }));
  seen.times += 1;
  if (seen.times < times) return null;
  const name = operationName ?? '';
  let compiled = seen.compiled.get(name);
  if (compiled === undefined) {
    const whole = compile(schema, document, operationName ?? undefined);
    compiled = whole && { whole, divided: undefined };
    seen.compiled.set(name, compiled);
  }
  return compiled;
}

function partsOf(
  divided: DividedExecution,
  compiled: Compiled,
  { document, operation }: Request,
): DividedQuery | null {
  if (compiled.divided === undefined) {
    compiled.divided = operation ? divided.compile(document, operation) : null;
  }
  return compiled.divided;
}

function isCompilable({ operation }: Request): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY) return false;
  return !operation.selectionSet.selections.some((selection) => {
    return selection.kind === Kind.FIELD && selection.name.value.startsWith('__');
  });
}
