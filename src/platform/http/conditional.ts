import type { FastifyReply, FastifyRequest } from 'fastify';

import { etagOf } from '../kept/kept-answer.js';

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
  const isTelling = lastModified !== null && Date.now() - lastModified.getTime() > 2_000;
  if (isTelling) reply.header('last-modified', lastModified.toUTCString());
  if (isKnown(request, etag, isTelling ? lastModified : null)) return reply.code(304).send();
  return reply.type(type).send(body);
}

/** If-None-Match decides by itself where it is there (RFC 9110 §13.2.2). */
function isKnown({ headers }: FastifyRequest, etag: string, lastModified: Date | null): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return matchesTag(tags, etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return lastModified !== null && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}

/** Weak comparison (RFC 9110 §13.1.2): a proxy may have made the tag weak. */
export function matchesTag(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
