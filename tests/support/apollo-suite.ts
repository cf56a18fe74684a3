import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import pg from 'pg';

import { LOCALES } from '../../src/kernel/locale.js';
import { GraphqlEndpoint } from '../../src/platform/http/graphql-endpoint.js';
import { createHttpServer } from '../../src/platform/http/server.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';

interface Options {
  readonly context?: () => Promise<BaseContext>;
}

/** Malformed JSON never gets as far as Apollo Server; the suite knows it by these words, not by ours. */
const words = Object.assign(loadMessages(), { text: () => 'Bad Request' });

const parts = { messages: words, localeOrder: LOCALES, log: createLog('silent') };

/** One of the servers of Apollo's suite, behind the HTTP layer of this program. */
export async function createSuiteServer(
  config: ApolloServerOptions<BaseContext>,
  { context }: Options = {},
) {
  const apollo = new ApolloServer(config);
  await apollo.start();
  // Ours is made before Apollo Server is asked; the suite has it call a function, and tests what becomes of its faults.
  const calling = {
    executeHTTPGraphQLRequest: (request) =>
      apollo.executeHTTPGraphQLRequest({ ...request, ...(context && { context }) }),
  } satisfies Pick<ApolloServer, 'executeHTTPGraphQLRequest'>;
  const endpoint = new GraphqlEndpoint<BaseContext>({
    ...parts,
    apollo: calling as ApolloServer,
    contextOf: async () => ({}),
    verbatim: true,
  });
  // Nobody asks whether there is a database.
  const readPool = new pg.Pool();
  const http = createHttpServer({ ...parts, readPool, entrance: endpoint.enter });
  http.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler(request, reply) {
      reply.hijack();
      return endpoint.answer(request.raw, reply.raw, request.body);
    },
  });
  const address = await http.listen({ host: '127.0.0.1', port: 0 });
  return { server: apollo, url: `${address}/graphql`, extraCleanup: () => http.close() };
}
