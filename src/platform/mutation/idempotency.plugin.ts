import { createHash } from 'node:crypto';

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
import { type AnswerKey, findAnswer, keepWholeAnswer } from './idempotency.repository.js';

/** A whole answer as it was given. */
interface WholeAnswer {
  /** As JSON text: its members come back in the order in which they were sent. */
  readonly body: string;
  readonly contentLanguage: string | null;
}

/** The row of the operation as a whole, beside those of its fields. */
const WHOLE = '';

const REPLAYED = 'idempotency-replayed';

/**
 * Keeps what a mutation with an idempotency key was answered, and gives the same answer, byte for byte, when it comes
 * again. Only what was done is kept: what was refused, or failed, is tried again.
 */
export function firstAnswerPlugin(
  dataSource: DataSource,
  log: Logger,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      let key: AnswerKey | null = null;
      let first: WholeAnswer | null = null;
      return {
        async didResolveOperation(request) {
          key = answerKey(request);
          if (key) first = await findAnswer<WholeAnswer>(dataSource, key).catch(refuse);
        },
        async responseForOperation({ response, contextValue }) {
          if (!first) return null;
          response.http.headers.set(REPLAYED, 'true');
          if (first.contentLanguage !== null) contextValue.served(first.contentLanguage);
          return { http: response.http, body: bodyOf(first) };
        },
        async willSendResponse(request) {
          if (!key || first || !isDone(request)) return;
          const { kept, replayed } = request.contextValue.outcomes;
          if (replayed === kept) request.response.http.headers.set(REPLAYED, 'true');
          try {
            await keep(dataSource, key, request);
          } catch (error) {
            // It is done, and each field's outcome is kept: a repetition is answered anew from these.
            const { requestId } = request.contextValue;
            log.warn({ requestId, err: error }, 'The answer of a mutation could not be kept');
          }
        },
      };
    },
  };
}

/** Where the same came twice at once, both get the answer of whoever was first to have one. */
async function keep(
  dataSource: DataSource,
  key: AnswerKey,
  { response, contextValue }: GraphQLRequestContextWillSendResponse<RequestContext>,
): Promise<void> {
  if (response.body.kind !== 'single') return;
  const own: WholeAnswer = {
    body: JSON.stringify(response.body.singleResult),
    contentLanguage: contextValue.contentLanguage,
  };
  const first = await keepWholeAnswer(dataSource, key, own);
  if (first) response.body = bodyOf(first);
}

/** Whether each field of the mutation went through the desk, and what it came to was kept. */
function isDone({
  response: { body },
  contextValue,
}: GraphQLRequestContextWillSendResponse<RequestContext>): boolean {
  if (body.kind !== 'single' || body.singleResult.errors || !body.singleResult.data) return false;
  const { kept } = contextValue.outcomes;
  return kept > 0 && kept === Object.keys(body.singleResult.data).length;
}

function bodyOf({ body }: WholeAnswer) {
  return { kind: 'single' as const, singleResult: JSON.parse(body) as object };
}

function answerKey({
  operation,
  source,
  request,
  contextValue,
}: GraphQLRequestContext<RequestContext>): AnswerKey | null {
  const { viewer, idempotencyKey } = contextValue;
  if (operation?.operation !== OperationTypeNode.MUTATION) return null;
  if (!viewer || idempotencyKey === null) return null;
  // Whoever works here no more is not told again either.
  if (!allows(viewer, 'READ_WORK')) return null;
  const asked = JSON.stringify([source, request.operationName, request.variables]);
  return {
    account: viewer.accountId,
    key: idempotencyKey,
    field: WHOLE,
    requestDigest: createHash('sha256').update(asked).digest('base64url'),
  };
}

/** Apollo takes the status from the extensions, which then go no further. */
function refuse(error: unknown): never {
  if (!(error instanceof AppError)) throw error;
  const extensions = { http: { status: error.row.status } };
  throw new GraphQLError(error.reason, { originalError: error, extensions });
}
