import type http from 'node:http';

import type { TestApp } from './app.js';
import { rawRequest } from './raw-response.js';

export interface PageResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly html: string;
}

/** Requests a page as a browser does, without following redirects. */
export async function getPage(
  { url }: Pick<TestApp, 'url'>,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<PageResponse> {
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  const address = new URL(path, url).href;
  const reply = await rawRequest(address, { method, headers: { accept, ...headers } });
  return { status: reply.status, headers: reply.headers, html: reply.text };
}

/** The text of an HTML element's attribute, by a pattern of its tag. */
export function hrefOf(html: string, pattern: RegExp): string | null {
  const [tag] = pattern.exec(html) ?? [];
  return /href="([^"]*)"/.exec(tag ?? '')?.[1]?.replaceAll('&amp;', '&') ?? null;
}
