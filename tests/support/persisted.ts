import { createHash } from 'node:crypto';

import type { GraphqlResponse, GraphqlError } from './app.js';
import { readOperationFile } from './ready-operations.js';

export interface ManifestOperation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

/** One of the manifest that the project ships. */
export function registered(name: string): ManifestOperation {
  const { operations } = JSON.parse(readOperationFile('persisted-query-manifest.json')) as {
    operations: readonly ManifestOperation[];
  };
  const found = operations.find((one) => one.name === name);
  if (!found) throw new Error(`The manifest has no ${name}`);
  return found;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The extensions of Apollo's protocol. */
export const byHash = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

interface GraphqlRequest {
  readonly query?: string;
  readonly variables?: object;
  readonly extensions?: object;
  readonly operationName?: string;
}

type Headers = Record<string, string>;

export async function post<T = Record<string, unknown>>(
  url: string,
  request: GraphqlRequest,
  headers: Headers = {},
): Promise<GraphqlResponse<T>> {
  return parseResponse(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request),
    }),
  );
}

/** As a browser or a CDN does it: with no header that a page of another site could not send. */
export async function get<T = Record<string, unknown>>(
  url: string,
  request: GraphqlRequest,
  headers: Headers = {},
): Promise<GraphqlResponse<T>> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return parseResponse(await fetch(`${url}?${search.toString()}`, { headers }));
}

async function parseResponse<T>(response: Response): Promise<GraphqlResponse<T>> {
  const { data, errors } = (await response.json()) as { data: T; errors?: GraphqlError[] };
  const { status } = response;
  return { status, headers: Object.fromEntries(response.headers), data, errors: errors ?? [] };
}

export const codesOf = ({ errors }: GraphqlResponse<unknown>): string[] =>
  errors.map(({ extensions }) => extensions.code);
