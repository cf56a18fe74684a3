import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import {
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from 'pino';

import { AppError } from '../../kernel/errors.js';
import { TAG_OF } from '../../kernel/locale.js';
import type { Messages } from '../i18n/messages.js';
import { boundedErrors } from './error-bounds.js';
import { formatFault, omission } from './faults.js';
import { inContextArguments } from './in-context.js';
import { isLean } from './lean-operations.js';
import type { RequestContext } from './request-context.js';

/** Reads @inContext before an operation runs, and finishes the answer: texts of errors, headers, the snapshot. */
export function answerPlugin(messages: Messages, log: Logger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async validationDidStart({ schema, document, request, contextValue }) {
          return async (faults) => {
            const operation = getOperationAST(document, request.operationName);
            if (!faults?.length || !operation) return;
            contextValue.applyDirective(
              inContextArguments(schema, operation, request.variables ?? {}),
            );
          };
        },
        async didResolveOperation({ schema, operation, request, contextValue, source = 'body' }) {
          if (!operation) return;
          contextValue.usesModels = operation.operation === OperationTypeNode.QUERY;
          contextValue.mayShareSnapshot = isLean(operation);
          contextValue.wantsBodies = /body|jsonLd/.test(source);
          contextValue.trace.operationName = operation.name?.value ?? null;
          refuseUnknownRoot(schema, operation);
          contextValue.applyDirective(
            inContextArguments(schema, operation, request.variables ?? {}),
          );
        },
        async willSendResponse(request) {
          // Nothing more is read; who is answered need not wait for the database to take leave.
          void request.contextValue.renew();
          translateErrors(request, messages, log);
          setHeaders(request);
        },
      };
    },
  };
}

/** graphql-js finds only when executing that there are no mutations, and answers that with 200. */
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
  messages: Messages,
  log: Logger,
): void {
  const { body } = request.response;
  if (body.kind !== 'single' || !body.singleResult.errors) return;
  const thrown = thrownErrors(request);
  const { contextValue } = request;
  const locale = contextValue.messageLocale;
  const { requestId } = contextValue;
  const told = (error: GraphQLFormattedError, index: number): GraphQLFormattedError => {
    const found = formatFault(thrown[index], error, messages, locale, requestId);
    const { reason, row } = found.fault.error;
    const entry = {
      requestId,
      reason,
      ...(row.level === 'info' ? {} : { err: found.fault.cause }),
    };
    // Who has gone took along what the operation reads from: its errors are no fault of ours.
    log[contextValue.isGone ? 'debug' : row.level](entry, 'A query met an error');
    // What a protocol says instead of us is in no language.
    if (found.formatted.extensions?.['reason'] !== undefined) contextValue.served(TAG_OF[locale]);
    return found.formatted;
  };
  body.singleResult.errors = boundedErrors(body.singleResult.errors, told, (count) =>
    omission(count, messages, locale, requestId),
  );
}

function thrownErrors(request: GraphQLRequestContext<RequestContext>): readonly unknown[] {
  return request.errors ?? [];
}

/** Content-Language (RFC 9110 §8.5) names the languages in the answer; Vary the headers that had a say in it. */
function setHeaders({
  response,
  contextValue,
}: GraphQLRequestContextWillSendResponse<RequestContext>): void {
  const { headers } = response.http;
  const { contentLanguage } = contextValue;
  if (contentLanguage !== null) headers.set('content-language', contentLanguage);
  if (contextValue.usedHeader) headers.set('vary', 'Accept-Language');
  headers.set('cache-control', 'no-store');
}
