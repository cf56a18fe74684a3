import type { IncomingMessage } from 'node:http';

import { HeaderMap } from '@apollo/server';

/** The headers of a request as Apollo Server takes them. */
export function headerMap({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}
