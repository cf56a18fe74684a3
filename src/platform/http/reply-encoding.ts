import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { MaybePromise } from '../../kernel/maybe-promise.js';
import { CompressedBodies } from './compressed-bodies.js';
import {
  type EncodedBody,
  encodeBody,
  isCacheable,
  isCompressible,
  MIN_COMPRESSED_BYTES,
  withVary,
} from './content-encoding.js';
import { etagIn } from './etag.js';

/** Feeds, sitemaps and bundles, compressed: a feed is about 30 kB, a sitemap of 1,000 releases 150 kB. */
const MAX_STORED_BYTES = 8 * 2 ** 20;

/**
 * Compresses the responses of the framework's routes, as the GraphQL endpoint does with its own. A response with an
 * ETag is requested repeatedly, so it is compressed once.
 *
 * Responses to staff are compressed as well: BREACH requires a page of another site that makes the browser send the
 * victim's credentials, and ours are in a header that no other page can make it send. Responses of a route that is
 * authorized by a cookie must not be compressed.
 */
export function addReplyEncoding(http: FastifyInstance): void {
  const compressed = new CompressedBodies(MAX_STORED_BYTES);

  http.addHook<unknown>('onSend', async (request, reply, payload) => {
    if (reply.statusCode === 304) varyByEncoding(request, reply);
    if (!isText(reply, payload)) return payload;
    const bytes = Buffer.from(payload);
    if (bytes.length >= MIN_COMPRESSED_BYTES) varyByEncoding(request, reply);
    const accepted = request.headers['accept-encoding'];
    const etag = reply.getHeader('etag');
    const body: MaybePromise<EncodedBody> =
      etag === undefined ? encodeBody(bytes, accepted) : compressed.get(bytes, accepted);
    const encoded = body instanceof Promise ? await body : body;
    if (encoded.encoding === 'identity') return payload;
    reply.removeHeader('content-length').header('content-encoding', encoded.encoding);
    if (etag !== undefined) reply.header('etag', etagIn(String(etag), encoded.encoding));
    return encoded.bytes;
  });
}

function isText(reply: FastifyReply, payload: unknown): payload is string | Buffer {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return false;
  if (payload.length === 0 || reply.hasHeader('content-encoding')) return false;
  return isCompressible(String(reply.getHeader('content-type') ?? ''));
}

/** Only responses that a cache may store have variants. */
function varyByEncoding({ method }: FastifyRequest, reply: FastifyReply): void {
  const isStored = isCacheable(method) && reply.getHeader('cache-control') !== 'no-store';
  if (!isStored) return;
  const vary = reply.getHeader('vary');
  reply.header('vary', withVary(vary === undefined ? undefined : String(vary), 'Accept-Encoding'));
}
