import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';

interface Options {
  readonly context?: () => Promise<BaseContext>;
}

/** Apollo's own test servers behind the HTTP layer of this program. */
export async function createSuiteServer(
  config: ApolloServerOptions<BaseContext>,
  options: Options = {},
) {
  const http = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  const server = new ApolloServer({ ...config });
  await server.start();
  const { context } = options;
  const handler = fastifyApolloHandler(server as never, { ...(context && { context }) } as never);
  http.route({ url: '/', method: ['GET', 'POST', 'OPTIONS'], handler });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  return { server, url, extraCleanup: () => http.close() };
}
