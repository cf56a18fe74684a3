import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-sse';

// The page lives at the endpoint's own address.
const url = window.location.pathname;
const request = createGraphiQLFetcher({ url });

/**
 * Subscriptions come as server-sent events: unlike a WebSocket, they carry the headers that the visitor writes, and the
 * policy `connect-src 'self'` lets them through in every browser.
 */
export function fetcher(params, options) {
  if (!isSubscription(params, options?.documentAST)) return request(params, options);
  // Where the connection is lost, the visitor sees it.
  const client = createClient({ url, headers: options.headers, retryAttempts: 0 });
  return client.iterate(params);
}

function isSubscription({ operationName }, document) {
  const operations = document?.definitions.filter(({ kind }) => kind === 'OperationDefinition');
  const named = operations?.find(({ name }) => name?.value === operationName);
  return (named ?? operations?.[0])?.operation === 'subscription';
}
