import { type IncomingMessage, ServerResponse } from 'node:http';

import type { HttpMeters, RouteMeter } from '../observe/http-meters.js';
import type { DrainState } from './drain-state.js';

/** A response that knows which route it belongs to. */
export interface GatewayResponse extends ServerResponse {
  route: RouteMeter;
}

/**
 * The responses of one server, for `createServer`. Every one of them passes here, whether the framework, the GraphQL
 * endpoint or node:http itself sends it: counted, and the last one of its connection while the server drains.
 */
export function gatewayResponse(drain: DrainState, meters: HttpMeters): typeof ServerResponse {
  const response = class extends ServerResponse<IncomingMessage> implements GatewayResponse {
    route = meters.other;

    // Also called by node:http where a status was set without it.
    override writeHead(...given: unknown[]): this {
      // Also of a request that was under way when the drain began.
      if (drain.isDraining) this.shouldKeepAlive = false;
      super.writeHead(...(given as Parameters<ServerResponse['writeHead']>));
      this.route.responded(this.statusCode);
      return this;
    }
  };
  // Its constructor has one type parameter less.
  return response as unknown as typeof ServerResponse;
}
