import { type IncomingMessage, ServerResponse } from 'node:http';

import type { DrainState } from './drain-state.js';

/**
 * The responses of one server, for `createServer`. Every one of them passes here, whether the framework, the GraphQL
 * endpoint or node:http itself sends it.
 */
export function gatewayResponse(drain: DrainState): typeof ServerResponse<IncomingMessage> {
  return class extends ServerResponse {
    // Also called by node:http where a status was set without it.
    override writeHead(...given: unknown[]): this {
      // Also of a request that was under way when the drain began.
      if (drain.isDraining) this.shouldKeepAlive = false;
      return super.writeHead(...(given as Parameters<ServerResponse['writeHead']>));
    }
  };
}
