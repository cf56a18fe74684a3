import type { IncomingMessage } from 'node:http';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

import { etagIn, matchingTag } from '../etag.js';
import { type ExplorerFile, type ExplorerFiles, readExplorerFiles } from './explorer-files.js';
import { WAITING_PAGE } from './explorer-waiting.js';

const ENDPOINT = '/graphql';
const WAIT_SECONDS = 2;
const WEEKS_52 = 'public, max-age=31536000, immutable';

/** The editor (Monaco) writes style elements and attributes of its own; scripts have no exception. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PROTECTION = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

export interface ExplorerOptions {
  /** The folder of the built page (`dist/explorer`). It may be created after the server has started. */
  readonly folder: string;
}

/**
 * Serves the explorer page to browsers at GET /graphql, and its files under /graphql/assets/. Requests that do not
 * prefer HTML continue to the route that is registered at /graphql. The page fills in a query from its URL. Until the
 * page is built, the response is 503 with a note that reloads itself.
 *
 * Call it on the root instance: it adds a hook, so that the GraphQL route stays at its address.
 */
export function registerExplorer(fastify: FastifyInstance, options: ExplorerOptions): void {
  let files: ExplorerFiles | null = null;
  const load = async () => (files ??= await readExplorerFiles(options.folder));

  fastify.addHook('onRequest', async (request, reply) => {
    if (!wantsPage(request)) return;
    const found = await load();
    if (!found) return sendWaiting(reply);
    reply.header('cache-control', 'no-cache').header('vary', 'Accept, Accept-Encoding');
    return sendFile(request, reply, found.page);
  });

  fastify.get<{ Params: { name: string } }>(`${ENDPOINT}/assets/:name`, async (request, reply) => {
    const file = (await load())?.assets.get(request.params.name);
    if (!file) return reply.callNotFound();
    reply.header('cache-control', WEEKS_52).header('vary', 'Accept-Encoding');
    return sendFile(request, reply, file);
  });
}

/** Whether the client is a browser that opens the address, with or without a query: browsers prefer HTML. */
export function prefersHtml(request: IncomingMessage): boolean {
  if (!request.headers.accept?.includes('text/html')) return false;
  const offered = ['application/json', 'application/graphql-response+json', 'text/html'];
  return new Negotiator(request).mediaType(offered) === 'text/html';
}

function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [path] = request.url.split('?', 1);
  if (path !== ENDPOINT && path !== `${ENDPOINT}/`) return false;
  return prefersHtml(request.raw);
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: ExplorerFile) {
  reply.headers(PROTECTION).header('etag', file.etag);
  const known = matchingTag(request.headers['if-none-match'], file.etag);
  if (known !== null) return reply.header('etag', known).code(304).send();
  const { encoding, bytes } = await file.body.for(request.headers['accept-encoding']);
  reply.header('etag', etagIn(file.etag, encoding));
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(file.type).send(bytes);
}

function sendWaiting(reply: FastifyReply) {
  return reply
    .code(503)
    .headers(PROTECTION)
    .header('cache-control', 'no-store')
    .header('retry-after', WAIT_SECONDS)
    .header('refresh', WAIT_SECONDS)
    .type('text/html; charset=utf-8')
    .send(WAITING_PAGE);
}
