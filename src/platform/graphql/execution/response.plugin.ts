import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import {
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from 'pino';

import { AppError } from '../../../kernel/errors.js';
import { type ErrorMessages, formatErrors } from '../errors/error-messages.js';
import { outageOf } from '../errors/outage.js';
import { neededText } from './declared-needs.js';
import type { RequestContext } from './request-context.js';

/** Reads @inContext before an operation runs, and completes the response: error messages, headers, snapshots. */
export function responsePlugin(
  texts: ErrorMessages,
  log: Logger,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async validationDidStart({ schema, document, request, contextValue }) {
          return async (faults) => {
            if (!faults?.length) return;
            const operation = getOperationAST(document, request.operationName) ?? undefined;
            const { variables = {} } = request;
            contextValue.caller.begin({ schema, document, operation, variables });
          };
        },
        async didResolveOperation(resolved) {
          const { schema, document, operation, request, contextValue } = resolved;
          if (!operation) return;
          const isQuery = operation.operation === OperationTypeNode.QUERY;
          contextValue.isOptimistic = isQuery;
          contextValue.dependencies.isUncacheable = !isQuery;
          contextValue.neededText = neededText(schema, document);
          contextValue.dependencies.operationName = operation.name?.value ?? null;
          refuseUnknownRoot(schema, operation);
          contextValue.caller.begin({
            schema,
            document,
            operation,
            variables: request.variables ?? {},
          });
        },
        async willSendResponse(request) {
          // Nothing more is read, and the client need not wait for COMMIT.
          void request.contextValue.closeSnapshots();
          translateErrors(request, texts, log);
          setHeaders(request);
          setOutage(request);
        },
      };
    },
  };
}

/** graphql-js finds a missing root type only during the execution, and the status would be 200. */
function refuseUnknownRoot(schema: GraphQLSchema, { operation }: OperationDefinitionNode): void {
  if (operation === OperationTypeNode.SUBSCRIPTION) {
    const error = new AppError('SUBSCRIPTION_NEEDS_STREAM');
    const extensions = { http: { status: error.row.status } };
    throw new GraphQLError(error.reason, { originalError: error, extensions });
  }
  if (schema.getRootType(operation)) return;
  throw new GraphQLError(`The schema has no ${operation}.`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
}

function translateErrors(
  request: GraphQLRequestContextWillSendResponse<RequestContext>,
  texts: ErrorMessages,
  log: Logger,
): void {
  const { body } = request.response;
  if (body.kind !== 'single' || !body.singleResult.errors) return;
  const thrown = thrownErrors(request);
  const { contextValue } = request;
  const { requestId } = contextValue.caller;
  const errors = body.singleResult.errors.map((formatted, index) => {
    return { thrown: thrown[index], formatted };
  });
  body.singleResult.errors = formatErrors(errors, contextValue, texts, ({ error, cause }) => {
    const { reason, row } = error;
    const entry = { requestId, reason, ...(row.level === 'info' ? {} : { err: cause }) };
    // A disconnect closes the snapshot: the resulting errors are not faults of the server.
    log[contextValue.caller.isGone ? 'debug' : row.level](entry, 'A query met an error');
  });
}

function thrownErrors(request: GraphQLRequestContext<RequestContext>): readonly unknown[] {
  return request.errors ?? [];
}

/** Content-Language (RFC 9110 §8.5) names the languages in the response. */
function setHeaders({
  response,
  contextValue,
}: GraphQLRequestContextWillSendResponse<RequestContext>): void {
  const { headers } = response.http;
  const { contentLanguage } = contextValue;
  if (contentLanguage !== null) headers.set('content-language', contentLanguage);
}

/** Load balancers and client libraries see from the status that there is no data, and when to retry. */
function setOutage(request: GraphQLRequestContextWillSendResponse<RequestContext>): void {
  const { http, body } = request.response;
  if (body.kind !== 'single') return;
  const outage = outageOf(body.singleResult.data, thrownErrors(request));
  if (!outage) return;
  http.status = outage.status;
  http.headers.set('retry-after', String(outage.retryAfterS));
}
