import type { ApolloServerPlugin } from '@apollo/server';

import { AppError } from '../../../kernel/errors.js';
import { refusal } from './limit-rule.js';
import type { QueryLimits } from './limits.js';
import { operationCost } from './operation-cost.js';
import type { RequestContext } from '../execution/request-context.js';

/** Refuses an operation before it runs if its response would be too large or its caller has too few points left. */
export function costPlugin(limits: QueryLimits): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!operation) return;
          const cost = operationCost(schema, document, operation, request.variables ?? {});
          try {
            refuseCost(cost, limits);
            await contextValue.caller.charge(cost);
          } catch (error) {
            throw error instanceof AppError ? refusal(error) : error;
          }
        },
      };
    },
  };
}

/** @throws AppError QUERY_COST */
export function refuseCost(cost: number, { cost: limit }: QueryLimits): void {
  if (cost > limit) throw new AppError('QUERY_COST', { found: cost, count: limit });
}
