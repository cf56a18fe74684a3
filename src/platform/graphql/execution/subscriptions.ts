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

/** An operation as a client sends it, whatever it sends it over. */
export interface OperationRequest {
  /** Empty where the operation is named by its hash. */
  readonly query?: string;
  readonly operationName?: string | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** What the `subscribe` of a subscription yields: one answer to be made. */
export interface StreamEvent {
  /** The root value that the answer is resolved from. */
  readonly value: object;
  /** As of which moment. */
  readonly context: RequestContext;
  /** Called once the answer is made, whatever came of it. May be called twice. */
  release(): void;
}

/** Ready to run. */
export interface PreparedOperation extends ExecutionArgs {
  readonly contextValue: RequestContext;
}

export type Results = AsyncGenerator<FormattedExecutionResult, void, void>;

interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  readonly gate: PersistedOperations;
  readonly limits: QueryLimits;
  readonly messages: Messages;
  readonly log: Logger;
  /** Called with the reason of each result that is an error, of several the first. */
  readonly onRefusal: (reason: ErrorReason) => void;
}

/**
 * Runs subscriptions for every transport: by the same rules and limits as Apollo Server's queries, with errors in the
 * caller's language.
 */
export class Subscriptions {
  constructor(private readonly parts: SubscriptionOptions) {}

  /** @returns the errors, for {@link format}, where the operation must not run */
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
      // Also before the faults of the validation: it states the languages of their messages.
      context.begin({ schema, document, operation, variables: variables ?? {} });
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
   * The answers, one after another. What the caller can mend is an answer with errors, and the last one. The stream
   * throws where the fault is ours: the caller is then to come again, and has not moved on.
   */
  run(prepared: PreparedOperation): Results {
    const results = this.answers.bind(this);
    return cancellable((signal) => results(prepared, signal));
  }

  /** Hashes are those of registered operations: subscriptions are not kept by theirs. */
  private admitted(request: OperationRequest): string {
    const admission = this.parts.gate.decide(request);
    if (admission.do === 'run') return admission.query;
    throw admission.do === 'refuse'
      ? named(admission.error)
      : named(new AppError('PERSISTED_QUERY_NOT_FOUND'));
  }

  /** Errors as the caller gets them; each is logged as loudly as it deserves. */
  format(errors: readonly GraphQLError[], context: RequestContext): GraphQLFormattedError[] {
    const { messages, limits, log, onRefusal } = this.parts;
    const { requestId } = context;
    const [first] = errors;
    if (first) onRefusal(faultOf(first).error.reason);
    const found = errors.map((thrown) => ({ thrown, formatted: thrown.toJSON() }));
    const texts = { messages, introspection: limits.introspection };
    return formatErrors(found, context, texts, ({ error: { reason, row }, cause }) => {
      const entry = { requestId, reason, ...(row.level === 'info' ? {} : { err: cause }) };
      log[row.level](entry, 'A subscription met an error');
    });
  }

  private async *answers(prepared: PreparedOperation, signal: AbortSignal): Results {
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

  /** @throws AppError of ours: an answer that lacks something must not be taken for a whole one */
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

/** As Apollo Server wraps what graphql-js says. */
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

/** What an event stream throws is an error of the field that made it. */
function locatedAtRoot(error: unknown, { requested }: RequestContext): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  const root =
    requested?.operation && subscriptionRoot(requested.operation.selectionSet, requested.document);
  if (!root) return new GraphQLError(originalError.message, { originalError });
  return locatedError(originalError, root, [(root.alias ?? root.name).value]);
}
