import { type IncomingMessage, ServerResponse } from 'node:http';

import type { HttpMeters, RouteMeter } from '../observe/http-meters.js';
import type { DrainState } from './drain-state.js';

/** A response that knows which route it belongs to. */
export interface GatewayResponse extends ServerResponse {
  route: RouteMeter;
}

/**
 * The response class of one server, for `createServer`. It handles every response, whether the framework, the GraphQL
 * endpoint or node:http itself sends it: each one is counted and, while the server drains, closes its connection.
 */
export function gatewayResponse(drain: DrainState, meters: HttpMeters): typeof ServerResponse {
  const response = class extends ServerResponse<IncomingMessage> implements GatewayResponse {
    route = meters.other;

    // node:http calls it too, if a status was set without it.
    override writeHead(...given: unknown[]): this {
      // Also for a request that was in progress when the drain began.
      if (drain.isDraining) this.shouldKeepAlive = false;
      super.writeHead(...(given as Parameters<ServerResponse['writeHead']>));
      this.route.responded(this.statusCode);
      return this;
    }
  };
  // Its constructor has one type parameter fewer.
  return response as unknown as typeof ServerResponse;
}
