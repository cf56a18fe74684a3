import { type Client, type ClientOptions, createClient } from 'graphql-ws';

import { graphQLError, type GraphQLFault, Interrupted, Refused } from './follow.js';

/** A client whose subscriptions end with `Interrupted` or `Refused`. On Node 20, pass `webSocketImpl`. */
export function createSocketClient(options: ClientOptions): Client {
  const { keepAlive = 15_000 } = options;
  let silence: ReturnType<typeof setTimeout>;
  const client = createClient({
    // `follow` connects again: the library would repeat the variables, and so the cursor, of the first connection.
    retryAttempts: 0,
    connectionAckWaitTimeout: 10_000,
    keepAlive,
    // The server responds to a ping at once: a connection without a pong is lost, though no one has closed it.
    on: {
      ping: (isReceived) => {
        if (!isReceived) silence = setTimeout(() => client.terminate(), keepAlive);
      },
      pong: () => clearTimeout(silence),
      closed: () => clearTimeout(silence),
    },
    ...options,
  });
  return {
    ...client,
    subscribe: (payload, sink) =>
      client.subscribe(payload, {
        next: (result: never) => sink.next(result),
        error: (error) => sink.error(explained(error)),
        complete: () => sink.complete(),
      }),
  };
}

/** @param error errors of GraphQL, a close event, or an error event */
function explained(error: unknown): Error {
  if (Array.isArray(error)) return graphQLError(error as GraphQLFault[]);
  const { code, reason } = error as { code?: number; reason?: string };
  const message = `The WebSocket was closed: ${code ?? 'no connection'} ${reason ?? ''}`;
  return isFinal(code) ? new Refused(message) : new Interrupted(message);
}

/** 4403: the token is not valid. The other 44xx: mistakes of the client, except two. */
function isFinal(code: number | undefined): boolean {
  // 4408: it took too long to connect; 4499: closed by `terminate`.
  return code !== undefined && code >= 4400 && code < 4500 && code !== 4408 && code !== 4499;
}
