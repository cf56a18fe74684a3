import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
  ServerError,
} from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import type { Client } from 'graphql-ws';

import {
  type Copy,
  graphQLError,
  httpError,
  Interrupted,
  type Page,
  Refused,
  type Result,
  type Transport,
} from './follow.js';
import { CHANGED, CHANGES, type Reader } from './operations.js';

/** @param sockets from `createSocketClient` */
export function createApolloClient(url: string, sockets: Client): ApolloClient {
  const releaseChanges = { keyArgs: ['languages', 'audience'], merge };
  return new ApolloClient({
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { releaseChanges } } } }),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: url }),
    ),
  });
}

/** The cache has one list for each reader, with the cursor at which it stands. */
function merge(copy: Page | undefined, page: Page): Page {
  const before = page.reset ? [] : (copy?.changes ?? []);
  const changes = new Map(before.map((change) => [change.localizedId, change]));
  for (const change of page.changes) {
    if (change.kind === 'REMOVE') changes.delete(change.localizedId);
    else changes.set(change.localizedId, change);
  }
  return { ...page, changes: [...changes.values()] };
}

type Data = NonNullable<Result['data']>;

export function overApollo(client: ApolloClient, reader: Reader): Transport {
  // Only `apolloCopy` writes into the cache, the changes of a page together with its cursor.
  const fetchPolicy = 'no-cache';
  return {
    async query(since) {
      const variables = { ...reader, since };
      const query = client.query<Data>({ query: gql(CHANGES), variables, fetchPolicy });
      return query.catch((error: unknown) => {
        throw explained(error);
      });
    },
    subscribe(since, { next, end }) {
      const variables = { ...reader, since };
      const subscription = client
        .subscribe<Data>({ query: gql(CHANGED), variables, fetchPolicy })
        .subscribe({
          next: ({ data, error }) => (error ? end(explained(error)) : next({ data })),
          complete: () => end(new Interrupted('The subscription was completed')),
        });
      return () => subscription.unsubscribe();
    },
  };
}

function explained(error: unknown): Error {
  if (error instanceof Refused) return error;
  if (CombinedGraphQLErrors.is(error)) return graphQLError(error.errors);
  if (ServerError.is(error)) return httpError(error.response);
  return Interrupted.from(error);
}

const CURSOR = gql`
  query Cursor($languages: [LanguageTag!], $audience: CountryCode) {
    releaseChanges(languages: $languages, audience: $audience) {
      cursor
    }
  }
`;

/** A copy in the cache: whatever shows a release shows its changes. Persist the cache as a whole, for the cursor is in it. */
export function apolloCopy({ cache }: ApolloClient, reader: Reader): Copy {
  return {
    async cursor() {
      const data = cache.readQuery<Data>({ query: CURSOR, variables: reader });
      return data?.releaseChanges?.cursor ?? null;
    },
    async apply(page) {
      const data = { releaseChanges: page };
      cache.batch({
        update() {
          cache.writeQuery({ query: gql(CHANGES), variables: { ...reader }, data });
          for (const { kind, localizedId: id } of page.changes) {
            if (kind !== 'REMOVE') continue;
            cache.evict({ id: cache.identify({ __typename: 'LocalizedRelease', id }) });
          }
        },
      });
    },
  };
}
