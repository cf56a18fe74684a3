import type { FastifyReply, FastifyRequest } from 'fastify';

import { etagOf, matchingTag } from './etag.js';
import { wallClockMs } from '../../kernel/wall-clock.js';

/** What stands at an address at this moment. */
export interface Representation {
  readonly body: string;
  readonly type: string;
  /** For Content-Language; none where there is no text in it. */
  readonly languages: readonly string[];
  /** Not before anything of it last changed; null where that is not known. */
  readonly lastModified: Date | null;
}

/**
 * Sends it, or 304 to whoever has it already (RFC 9110 §13). Caches may keep it and must ask before they use it: what
 * was taken back is gone at once.
 */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, type, languages, lastModified }: Representation,
): FastifyReply {
  const etag = etagOf(body);
  reply.header('etag', etag).header('cache-control', 'public, no-cache');
  if (languages.length > 0) reply.header('content-language', languages.join(', '));
  // A second has room for two changes: so young a time would not tell them apart (RFC 9110 §8.8.2.2).
  const isTelling = lastModified !== null && wallClockMs() - lastModified.getTime() > 2_000;
  if (isTelling) reply.header('last-modified', lastModified.toUTCString());
  const known = knownTag(request, etag, isTelling ? lastModified : null);
  if (known !== null) return reply.header('etag', known).code(304).send();
  return reply.type(type).send(body);
}

/**
 * If-None-Match decides by itself where it is there (RFC 9110 §13.2.2).
 *
 * @returns the tag of what the client has; null where it has something else
 */
function knownTag({ headers }: FastifyRequest, etag: string, lastModified: Date | null) {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return matchingTag(tags, etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  if (lastModified === null) return null;
  return Math.floor(lastModified.getTime() / 1000) * 1000 <= since ? etag : null;
}
