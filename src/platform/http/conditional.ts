import type { FastifyReply, FastifyRequest } from 'fastify';

import { etagOf, matchingTag } from './etag.js';
import { wallClockMs } from '../../kernel/wall-clock.js';

/** The current representation of a resource. */
export interface Representation {
  readonly body: string;
  readonly type: string;
  /** For Content-Language; empty if the body contains no text in a language. */
  readonly languages: readonly string[];
  /** No earlier than the last change of any part of the body; null if unknown. */
  readonly lastModified: Date | null;
}

/**
 * Sends the representation, or 304 if the client's copy is current (RFC 9110 §13). Caches may store it but must
 * revalidate it before each use, so that retracted content disappears at once.
 */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, type, languages, lastModified }: Representation,
): FastifyReply {
  const etag = etagOf(body);
  reply.header('etag', etag).header('cache-control', 'public, no-cache');
  if (languages.length > 0) reply.header('content-language', languages.join(', '));
  // Two changes can occur within one second; such a recent time cannot distinguish them (RFC 9110 §8.8.2.2).
  const isTelling = lastModified !== null && wallClockMs() - lastModified.getTime() > 2_000;
  if (isTelling) reply.header('last-modified', lastModified.toUTCString());
  const known = knownTag(request, etag, isTelling ? lastModified : null);
  if (known !== null) return reply.header('etag', known).code(304).send();
  return reply.type(type).send(body);
}

/**
 * If-None-Match takes precedence over If-Modified-Since (RFC 9110 §13.2.2).
 *
 * @returns the tag of the client's copy; null if the copy is not current
 */
function knownTag({ headers }: FastifyRequest, etag: string, lastModified: Date | null) {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return matchingTag(tags, etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  if (lastModified === null) return null;
  return Math.floor(lastModified.getTime() / 1000) * 1000 <= since ? etag : null;
}
