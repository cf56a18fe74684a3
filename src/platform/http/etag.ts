import { createHash } from 'node:crypto';

import { type ContentEncoding, ENCODINGS } from './content-encoding.js';

/** The header ETag of a body before it is compressed. */
export function etagOf(body: Buffer | string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Each encoding is a representation of its own and so has a strong tag of its own (RFC 9110 §8.8.3.3). */
export function etagIn(etag: string, encoding: ContentEncoding): string {
  return encoding === 'identity' ? etag : `${etag.slice(0, -1)}-${encoding}"`;
}

/**
 * The tag of the representation that a client already has, in any encoding, because all of them decode to the same
 * body. It is the tag to send with the 304, because a cache updates the stored response that has it (RFC 9111 §4.3.4).
 *
 * @param header If-None-Match; compared weakly (RFC 9110 §13.1.2), since a proxy may have made the tag weak
 * @param etag of the body before it is compressed
 */
export function matchingTag(header: string | undefined, etag: string): string | null {
  if (header === undefined) return null;
  if (header === etag) return etag;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  const found = ENCODINGS.map((one) => etagIn(etag, one)).find((tag) => tags.includes(tag));
  return found ?? (tags.includes('*') ? etag : null);
}
