import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  getVariableValues,
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  locatedError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Logger } from 'pino';

import { AppError, type ErrorReason } from '../../../kernel/errors.js';
import type { Messages } from '../../i18n/messages.js';
import { cancellable } from './cancellable.js';
import { copyRule } from '../schema/copy-rule.js';
import { formatErrors } from '../errors/error-messages.js';
import { faultOf } from '../errors/faults.js';
import type { PersistedOperations } from '../persisted/persisted-operations.js';
import { refuseCost } from '../limits/cost.plugin.js';
import { refuseNestedValue } from '../limits/json-shape.js';
import { limitRule } from '../limits/limit-rule.js';
import { MAX_VALIDATION_ERRORS, type QueryLimits, validationOptions } from '../limits/limits.js';
import { operationCost } from '../limits/operation-cost.js';
import type { RequestContext } from './request-context.js';
import { subscriptionRoot } from '../limits/subscription-root.js';

/** An operation as a client sends it, over any transport. */
export interface OperationRequest {
  /** Empty if the operation is identified by its hash. */
  readonly query?: string;
  readonly operationName?: string | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** What the `subscribe` of a subscription yields: one result to be computed. */
export interface StreamEvent {
  /** The root value that the result is resolved from. */
  readonly value: object;
  /** The context of the snapshot that the result is read from. */
  readonly context: RequestContext;
  /** Called once the result is complete, whatever its outcome. May be called twice. */
  release(): void;
}

/** An operation that is ready to run. */
export interface PreparedOperation extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

export type Results = AsyncGenerator<FormattedExecutionResult, void, void>;

interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  readonly persistedOperations: PersistedOperations;
  readonly limits: QueryLimits;
  readonly messages: Messages;
  readonly log: Logger;
  /** Called for each result with errors, with the reason of the first one. */
  readonly onRefusal: (reason: ErrorReason) => void;
}

/**
 * Runs subscriptions for every transport: by the same rules and limits as Apollo Server's queries, with errors in the
 * caller's language.
 */
export class Subscriptions {
  constructor(private readonly parts: SubscriptionOptions) {}

  /** @returns the errors, for {@link format}, if the operation must not run */
  prepare(
    request: OperationRequest,
    context: RequestContext,
  ): PreparedOperation | readonly GraphQLError[] {
    const { schema, limits } = this.parts;
    try {
      refuseNestedValue(request.variables);
      const document = parsed(this.admitted(request), limits);
      const rules = [...specifiedRules, limitRule(limits), copyRule];
      const faults = validate(schema, document, rules, validationOptions(limits));
      const { operationName, variables } = request;
      const operation = getOperationAST(document, operationName) ?? undefined;
      // Also before the validation errors are returned: it sets the languages of their messages.
      context.caller.begin({ schema, document, operation, variables: variables ?? {} });
      if (faults.length > 0)
        return faults.map((fault) => coded(fault, 'GRAPHQL_VALIDATION_FAILED'));
      if (!operation) return [coded(new GraphQLError('Unknown operation.'), 'BAD_USER_INPUT')];
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
        return [named(new AppError('STREAM_FOR_SUBSCRIPTIONS'))];
      const values = getVariableValues(
        schema,
        operation.variableDefinitions ?? [],
        variables ?? {},
        { maxErrors: MAX_VALIDATION_ERRORS },
      );
      if (values.errors) return values.errors.map((fault) => coded(fault, 'BAD_USER_INPUT'));
      refuseCost(operationCost(schema, document, operation, variables ?? {}), limits);
      const args = { schema, document, contextValue: context };
      return { ...args, operationName: operationName ?? null, variableValues: variables ?? null };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      if (error instanceof AppError) return [named(error)];
      throw error;
    }
  }

  /**
   * The results, one after another. An error that the caller can fix becomes a result with errors; if it occurred
   * before the first event, that result is the only one. The stream throws if the error is the server's: the caller should then reconnect, and its position has not
   * advanced.
   */
  run(prepared: PreparedOperation): Results {
    const results = this.results.bind(this);
    return cancellable((signal) => results(prepared, signal));
  }

  /** A hash must be that of a registered operation: the texts of subscriptions are not cached by hash. */
  private admitted(request: OperationRequest): string {
    const decision = this.parts.persistedOperations.decide(request);
    if (decision.do === 'run') return decision.query;
    throw decision.do === 'refuse'
      ? named(decision.error)
      : named(new AppError('PERSISTED_QUERY_NOT_FOUND'));
  }

  /** Formats errors for the caller, and logs each one at its own level. */
  format(errors: readonly GraphQLError[], context: RequestContext): GraphQLFormattedError[] {
    const { messages, limits, log, onRefusal } = this.parts;
    const { requestId } = context.caller;
    const [first] = errors;
    if (first) onRefusal(faultOf(first).error.reason);
    const found = errors.map((thrown) => ({ thrown, formatted: thrown.toJSON() }));
    const texts = { messages, introspection: limits.introspection };
    return formatErrors(found, context, texts, ({ error: { reason, row }, cause }) => {
      const entry = { requestId, reason, ...(row.level === 'info' ? {} : { err: cause }) };
      log[row.level](entry, 'A subscription met an error');
    });
  }

  private async *results(prepared: PreparedOperation, signal: AbortSignal): Results {
    const { contextValue: context } = prepared;
    try {
      const source = await createSourceEventStream(prepared);
      if (!(Symbol.asyncIterator in source)) {
        yield this.result(source, context);
        return;
      }
      const events = source as AsyncGenerator<StreamEvent, void, void>;
      const stop = (): void => void events.return();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      for await (const event of events) yield await this.one(prepared, event);
    } catch (error) {
      yield this.result({ errors: [locatedAtRoot(error, context)] }, context);
    }
  }

  private async one(
    prepared: PreparedOperation,
    event: StreamEvent,
  ): Promise<FormattedExecutionResult> {
    const { value: rootValue, context: contextValue } = event;
    try {
      return this.result(await execute({ ...prepared, rootValue, contextValue }), contextValue);
    } finally {
      event.release();
    }
  }

  /** @throws AppError for an error of the server: an incomplete result must not be mistaken for a complete one */
  private result({ data, errors }: ExecutionResult, context: RequestContext) {
    if (!errors) return { data: data ?? null };
    const formatted = this.format(errors, context);
    const ours = errors.map((error) => faultOf(error).error).find(({ row }) => row.status >= 500);
    if (ours) throw ours;
    return { ...(data === undefined ? {} : { data }), errors: formatted };
  }
}

function parsed(query: string, { tokens: maxTokens }: QueryLimits): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    throw coded(error as Error, 'GRAPHQL_PARSE_FAILED');
  }
}

/** Adds a code to an error of graphql-js, as Apollo Server does. */
function coded(error: Error, code: string): GraphQLError {
  if (!(error instanceof GraphQLError)) {
    return new GraphQLError(error.message, { originalError: error, extensions: { code } });
  }
  const { message, nodes, source, positions, originalError } = error;
  const extensions = { ...error.extensions, code };
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    originalError: originalError ?? error,
    extensions,
  });
}

function named(originalError: AppError): GraphQLError {
  return new GraphQLError(originalError.reason, { originalError });
}

/** Attributes an error that an event stream throws to the field that created the stream. */
function locatedAtRoot(error: unknown, { caller: { requested } }: RequestContext): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  const root =
    requested?.operation && subscriptionRoot(requested.operation.selectionSet, requested.document);
  if (!root) return new GraphQLError(originalError.message, { originalError });
  return locatedError(originalError, root, [(root.alias ?? root.name).value]);
}
