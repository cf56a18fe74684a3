import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';

import { LOCALES } from '../../src/kernel/locale.js';
import { GraphqlEndpoint } from '../../src/platform/http/graphql-endpoint.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';

interface Options {
  readonly context?: () => Promise<BaseContext>;
}

/** Apollo's own test servers behind the HTTP layer of this program. */
export async function createSuiteServer(
  config: ApolloServerOptions<BaseContext>,
  { context = () => Promise.resolve({}) }: Options = {},
) {
  const server = new ApolloServer({ ...config });
  await server.start();
  const endpoint = new GraphqlEndpoint({
    apollo: server,
    contextOf: context,
    messages: loadMessages(),
    localeOrder: LOCALES,
    log: createLog('silent'),
    keepsRefusals: true,
  });
  const http = createServer((request, response) => {
    // What the program leaves to its framework.
    if (!endpoint.enter(request, response)) void endpoint.handle(request, response, undefined);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    server,
    url: `http://127.0.0.1:${port}/graphql`,
    extraCleanup: () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
