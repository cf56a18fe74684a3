import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { GraphQLError } from 'graphql';

import type { AppError } from '../../../kernel/errors.js';
import type { PersistedOperations } from './persisted-operations.js';
import type { RequestContext } from '../execution/request-context.js';

/** Runs in the place of what is refused, up to where Apollo lets a plugin refuse it. */
const REFUSED = 'query Refused { __typename }';

/**
 * Puts the gate before Apollo's pipeline: an operation that is refused is neither parsed nor validated there, so it
 * tells nothing of the schema and costs next to nothing. First among the plugins, so that none sees what is refused.
 */
export function persistedOperationsPlugin(
  gate: PersistedOperations,
): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ request }) {
      const refusal = admit(gate, request);
      return {
        async didResolveSource({ source, metrics }) {
          if (metrics.persistedQueryHit) gate.note(source, request.operationName);
        },
        async didResolveOperation() {
          if (refusal) throw refusalOf(refusal);
        },
      };
    },
  };
}

/** Makes the request one that Apollo's pipeline takes as it is meant. */
function admit(gate: PersistedOperations, request: GraphQLRequest): AppError | null {
  if (!request.query && !request.extensions?.['persistedQuery']) return null;
  const admission = gate.decide(request);
  switch (admission.do) {
    case 'lookUp':
      delete request.query;
      return null;
    case 'run':
      request.query = admission.query;
      if (!admission.keep) dropHash(request);
      return null;
    case 'refuse':
      request.query = REFUSED;
      delete request.operationName;
      dropHash(request);
      return admission.error;
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
