import { Client, type CombinedError, fetchExchange, subscriptionExchange } from '@urql/core';
import type { Client as EventClient } from 'graphql-sse';

import {
  graphQLError,
  httpError,
  Interrupted,
  Refused,
  type Result,
  type Transport,
} from './follow.js';
import { CHANGED, CHANGES, type Reader } from './operations.js';

/** @param events from `createEventClient`; a client of `createSocketClient` will do as well */
export function createUrqlClient(url: string, events: Pick<EventClient, 'subscribe'>): Client {
  return new Client({
    url,
    preferGetMethod: false,
    exchanges: [
      // Your cache stands here. What `follow` requests is not read from it.
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: events.subscribe(
              { query, variables },
              {
                next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
                error: (error) => sink.error(error),
                complete: () => sink.error(new Interrupted('The subscription was completed')),
              },
            ),
          }),
        }),
      }),
    ],
  });
}

type Data = NonNullable<Result['data']>;

export function overUrql(client: Client, reader: Reader): Transport {
  const requestPolicy = 'network-only';
  return {
    async query(since) {
      const variables = { ...reader, since };
      const { data, error } = await client.query<Data>(CHANGES, variables, { requestPolicy });
      if (error) throw explained(error);
      return { data };
    },
    subscribe(since, { next, end }) {
      const variables = { ...reader, since };
      const subscription = client
        .subscription<Data>(CHANGED, variables, { requestPolicy })
        .subscribe(({ data, error }) => (error ? end(explained(error)) : next({ data })));
      return () => subscription.unsubscribe();
    },
  };
}

function explained({ networkError, graphQLErrors, response }: CombinedError): Error {
  if (networkError instanceof Refused) return networkError;
  const { ok = true, status } = (response ?? {}) as Partial<Response>;
  // The body of 400 has errors of GraphQL.
  if (!ok && status !== 400) return httpError(response as Response);
  return graphQLErrors.length > 0 ? graphQLError(graphQLErrors) : Interrupted.from(networkError);
}
