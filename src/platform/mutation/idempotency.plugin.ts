import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';

import { allows } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import type { RequestContext } from '../graphql/execution/request-context.js';
import { type IdempotencyKey, requestDigest, WHOLE_OPERATION } from './idempotency-key.js';
import { findResult, saveResponse } from './idempotency.repository.js';

/** The response to a whole operation as it was first sent. */
interface StoredResponse {
  /** As JSON text: its members come back in the order in which they were sent. */
  readonly body: string;
  readonly contentLanguage: string | null;
}

const REPLAYED = 'idempotency-replayed';

/**
 * Stores the response to a mutation with an idempotency key, and sends the same response, byte for byte, when the
 * request is repeated. Only completed mutations are stored: after a refusal or a failure, a repetition runs again.
 */
export function idempotencyPlugin(
  dataSource: DataSource,
  log: Logger,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      let key: IdempotencyKey | null = null;
      let stored: StoredResponse | null = null;
      return {
        async didResolveOperation(request) {
          key = keyOf(request);
          if (key) stored = await findResult<StoredResponse>(dataSource, key).catch(refuse);
        },
        async responseForOperation({ response, contextValue }) {
          if (!stored) return null;
          response.http.headers.set(REPLAYED, 'true');
          if (stored.contentLanguage !== null) contextValue.served(stored.contentLanguage);
          return { http: response.http, body: bodyOf(stored) };
        },
        async willSendResponse(request) {
          if (!key || stored || !isComplete(request)) return;
          const { recorded, replayed } = request.contextValue.outcomes;
          if (replayed === recorded) request.response.http.headers.set(REPLAYED, 'true');
          try {
            await store(dataSource, key, request);
          } catch (error) {
            // The work is committed with the result of each field: a repeated request is served from these.
            const { requestId } = request.contextValue.caller;
            log.warn({ requestId, err: error }, 'The response to a mutation could not be stored');
          }
        },
      };
    },
  };
}

/** If the same request came twice at once, both get the response that was stored first. */
async function store(
  dataSource: DataSource,
  key: IdempotencyKey,
  { response, contextValue }: GraphQLRequestContextWillSendResponse<RequestContext>,
): Promise<void> {
  if (response.body.kind !== 'single') return;
  const own: StoredResponse = {
    body: JSON.stringify(response.body.singleResult),
    contentLanguage: contextValue.contentLanguage,
  };
  const first = await saveResponse(dataSource, key, own);
  if (first) response.body = bodyOf(first);
}

/** Whether each field of the mutation went through the mutation runner, which stored its result. */
function isComplete({
  response: { body },
  contextValue,
}: GraphQLRequestContextWillSendResponse<RequestContext>): boolean {
  if (body.kind !== 'single' || body.singleResult.errors || !body.singleResult.data) return false;
  const { recorded } = contextValue.outcomes;
  return recorded > 0 && recorded === Object.keys(body.singleResult.data).length;
}

function bodyOf({ body }: StoredResponse) {
  return { kind: 'single' as const, singleResult: JSON.parse(body) as object };
}

function keyOf({
  operation,
  source,
  request,
  contextValue,
}: GraphQLRequestContext<RequestContext>): IdempotencyKey | null {
  const { viewer, idempotencyKey } = contextValue.caller;
  if (operation?.operation !== OperationTypeNode.MUTATION) return null;
  if (!viewer || idempotencyKey === null) return null;
  // An account that has lost its roles gets no stored response either.
  if (!allows(viewer, 'READ_WORK')) return null;
  return {
    account: viewer.accountId,
    key: idempotencyKey,
    field: WHOLE_OPERATION,
    requestDigest: requestDigest(source, request.operationName, request.variables),
  };
}

/** Apollo reads the status from the extensions and does not send them. */
function refuse(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const extensions = { http: { status: error.row.status } };
  throw new GraphQLError(error.reason, { originalError: error, extensions });
}
