import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import Negotiator from 'negotiator';

import type { MaybePromise } from '../../kernel/maybe-promise.js';

export const ENCODINGS = ['identity', 'br', 'gzip'] as const;
export type ContentEncoding = (typeof ENCODINGS)[number];

/** Smaller bodies fit into one packet anyway. */
export const MIN_COMPRESSED_BYTES = 1_000;

/**
 * For a first copy of 5,000 releases (19.3 MB of JSON): 1.7 MB at about 22 ms of CPU time per megabyte, compared with
 * 2.4 MB at 15 ms for gzip (`tests/bench/first-sync.mjs`). At 4, brotli gains little over gzip; from 5 to 9, two
 * percent for ten times the time.
 */
const BROTLI_QUALITY = 5;
const GZIP_LEVEL = 6;
/** Large, so that there are few chunks: each one ends in a turn of the event loop. */
const CHUNK_BYTES = 64 * 1024;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Runs in zlib's own threads, so that other requests proceed meanwhile. */
export function compress(body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(body, { level: GZIP_LEVEL, chunkSize: CHUNK_BYTES });
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return brotliAsync(body, { params, chunkSize: CHUNK_BYTES });
}

/** A body in one encoding. */
export interface EncodedBody {
  readonly encoding: ContentEncoding;
  readonly bytes: Buffer;
}

/** A body that is sent more than once: compressed once for each encoding, at the first request that prefers it. */
export class StoredBody {
  private readonly compressed = new Map<ContentEncoding, MaybePromise<EncodedBody>>();

  constructor(readonly bytes: Buffer) {}

  /** @param header Accept-Encoding */
  for(header: string | undefined): MaybePromise<EncodedBody> {
    const encoding = encodingFor(header, this.bytes.length);
    if (encoding === 'identity') return { encoding, bytes: this.bytes };
    const known = this.compressed.get(encoding);
    if (known) return known;
    const made = encoded(this.bytes, encoding).then((body) => {
      if (body.encoding === encoding) this.compressed.set(encoding, body);
      else this.compressed.delete(encoding);
      return body;
    });
    this.compressed.set(encoding, made);
    return made;
  }
}

/** A body that is sent once. @param header Accept-Encoding */
export function encodeBody(bytes: Buffer, header: string | undefined): MaybePromise<EncodedBody> {
  const encoding = encodingFor(header, bytes.length);
  return encoding === 'identity' ? { encoding, bytes } : encoded(bytes, encoding);
}

/** Returns the body uncompressed if zlib has no memory left. */
async function encoded(bytes: Buffer, encoding: 'br' | 'gzip'): Promise<EncodedBody> {
  try {
    return { encoding, bytes: await compress(bytes, encoding) };
  } catch {
    return { encoding: 'identity', bytes };
  }
}

/**
 * The encoding that the client prefers (RFC 9110 §12.5.3); brotli if gzip has the same weight. A client that accepts
 * none of the available encodings gets the body uncompressed, which it can read regardless of its header.
 *
 * @param header Accept-Encoding
 * @param length of the body in bytes; a small body is compressed only if the client refuses it uncompressed
 */
export function encodingFor(header: string | undefined, length: number): ContentEncoding {
  if (header === undefined) return 'identity';
  const { best, refusesIdentity } = preferenceOf(header);
  return length < MIN_COMPRESSED_BYTES && !refusesIdentity ? 'identity' : best;
}

interface Preference {
  readonly best: ContentEncoding;
  readonly refusesIdentity: boolean;
}

/** Negotiator accepts a preference among encodings of equal weight, but its types do not declare it yet. */
interface PreferringNegotiator {
  encoding(available: string[], options: { preferred: string[] }): string | undefined;
}

const preferences = new Map<string, Preference>();

/** Clients send few different values; the cache is bounded, so that unusual ones cannot fill the memory. */
function preferenceOf(header: string): Preference {
  const known = preferences.get(header);
  if (known) return known;
  // RFC 9110 §8.4.1.3: x-gzip is gzip.
  const headers = { 'accept-encoding': header.replace(/\bx-gzip\b/gi, 'gzip') };
  const negotiator = new Negotiator({ headers });
  const found = (negotiator as PreferringNegotiator).encoding(['br', 'gzip', 'identity'], {
    preferred: ['br', 'gzip'],
  });
  const best = ENCODINGS.find((one) => one === found) ?? 'identity';
  const refusesIdentity = negotiator.encoding(['identity']) === undefined;
  const preference = { best, refusesIdentity };
  if (preferences.size < 200 && header.length < 500) preferences.set(header, preference);
  return preference;
}

const TEXT = /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript)\b|image\/svg\+xml)/i;

/** Whether a media type is text, and so worth compressing; fonts and images are compressed already. */
export function isCompressible(contentType: string): boolean {
  return TEXT.test(contentType) && !contentType.startsWith('text/event-stream');
}

/** Whether a cache may store the response, and so has to know which headers it depends on. */
export function isCacheable(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Adds names to the header Vary that are not in it yet. */
export function withVary(vary: string | undefined, ...names: readonly string[]): string {
  const known = vary ? vary.split(',').map((name) => name.trim()) : [];
  const lower = new Set(known.map((name) => name.toLowerCase()));
  return [...known, ...names.filter((name) => !lower.has(name.toLowerCase()))].join(', ');
}
