import type { IncomingMessage, ServerResponse } from 'node:http';

import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { CachedResponse } from '../cache/cached-response.js';
import {
  type EncodedBody,
  encodeBody,
  isCacheable,
  MIN_COMPRESSED_BYTES,
  withVary,
} from './content-encoding.js';
import { etagIn, matchingTag } from './etag.js';
import { passOver } from './request-body.js';

/** A response before it is compressed. */
export interface ResponseBody {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The cached response with the same text, which is compressed once for all clients. */
  readonly stored: CachedResponse | null;
}

/** Sends a response in the encoding that the client prefers, or 304 if the client's copy is current. */
export function sendBody(
  raw: IncomingMessage,
  response: ServerResponse,
  { status, headers, text, stored }: ResponseBody,
): MaybePromise<void> {
  const bytes = stored ? stored.bytes : Buffer.from(text);
  const { 'accept-encoding': accepted, 'if-none-match': tags } = raw.headers;
  const all = { ...headers };
  if (isCacheable(raw.method) && bytes.length >= MIN_COMPRESSED_BYTES) {
    all['vary'] = withVary(all['vary'], 'Accept-Encoding');
  }
  const { etag } = headers;
  const isValidated = isCacheable(raw.method) && status === 200 && etag !== undefined;
  const known = isValidated ? matchingTag(tags, etag) : null;
  if (known !== null) return write(raw, response, 304, { ...all, etag: known }, null);
  const body = stored ? stored.encodedFor(accepted) : encodeBody(bytes, accepted);
  return mapMaybe(body, (encoded) => write(raw, response, status, all, encoded));
}

/** A response that every reader gets, with its headers as names and values in turn. */
export interface StoredResponse {
  readonly stored: CachedResponse;
  /** Without those that depend on the encoding. */
  readonly headers: string[];
  readonly requestId: string;
}

/** Sends a cached response as {@link sendBody} does, without an object for its headers. */
export function sendStored(
  raw: IncomingMessage,
  response: ServerResponse,
  { stored, headers, requestId }: StoredResponse,
): MaybePromise<void> {
  const { 'accept-encoding': accepted, 'if-none-match': tags } = raw.headers;
  const known = matchingTag(tags, stored.etag);
  if (!raw.complete) passOver(raw);
  if (known !== null) {
    headers.push('etag', known);
    response.writeHead(304, headers).end();
    return;
  }
  return mapMaybe(stored.encodedFor(accepted), ({ encoding, bytes }) => {
    // The client may have disconnected during the compression.
    if (response.destroyed) return;
    headers.push('etag', etagIn(stored.etag, encoding), 'x-request-id', requestId);
    headers.push('content-length', String(bytes.length));
    if (encoding !== 'identity') headers.push('content-encoding', encoding);
    response.writeHead(200, headers).end(bytes);
  });
}

function write(
  raw: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: EncodedBody | null,
): void {
  // The client may have disconnected during the compression.
  if (response.headersSent || response.destroyed) return;
  if (body) {
    const { encoding, bytes } = body;
    const { etag } = headers;
    headers['content-length'] = String(bytes.length);
    if (encoding !== 'identity') headers['content-encoding'] = encoding;
    if (etag !== undefined) headers['etag'] = etagIn(etag, encoding);
  }
  response.writeHead(status, headers);
  response.end(body?.bytes);
  if (!raw.complete) passOver(raw);
}
