import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { GraphQLError } from 'graphql';

import type { AppError } from '../../../kernel/errors.js';
import type { PersistedOperations } from './persisted-operations.js';
import type { RequestContext } from '../execution/request-context.js';

/** Replaces a refused operation until the step at which Apollo lets a plugin refuse it. */
const REFUSED = 'query Refused { __typename }';

/**
 * Decides before Apollo's pipeline: a refused operation is neither parsed nor validated there, so it reveals nothing of
 * the schema and costs next to nothing. Must be the first plugin, so that no other sees a refused operation.
 */
export function persistedOperationsPlugin(
  persistedOperations: PersistedOperations,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ request, contextValue }) {
      if (contextValue.isOwnOperation) return;
      const refusal = decide(persistedOperations, request);
      return {
        async didResolveSource({ source, metrics }) {
          if (metrics.persistedQueryHit) persistedOperations.note(source, request.operationName);
        },
        async didResolveOperation() {
          if (refusal) throw refusalOf(refusal);
        },
      };
    },
  };
}

/** Rewrites the request for Apollo's pipeline. */
function decide(
  persistedOperations: PersistedOperations,
  request: GraphQLRequest,
): AppError | null {
  if (!request.query && !request.extensions?.['persistedQuery']) return null;
  const decision = persistedOperations.decide(request);
  switch (decision.do) {
    case 'lookUp':
      delete request.query;
      return null;
    case 'run':
      request.query = decision.query;
      if (!decision.keep) dropHash(request);
      return null;
    case 'refuse':
      request.query = REFUSED;
      delete request.operationName;
      dropHash(request);
      return decision.error;
  }
}

function dropHash(request: GraphQLRequest): void {
  if (!request.extensions) return;
  const { ...others } = request.extensions;
  delete others['persistedQuery'];
  request.extensions = others;
}

function refusalOf(error: AppError): GraphQLError {
  const extensions = { http: { status: error.row.status } };
  return new GraphQLError(error.reason, { originalError: error, extensions });
}
