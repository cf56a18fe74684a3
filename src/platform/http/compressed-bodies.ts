import { LRUCache } from 'lru-cache';

import type { MaybePromise } from '../../kernel/maybe-promise.js';
import { type EncodedBody, encodeBody, encodingFor } from './content-encoding.js';
import { etagIn, etagOf } from './etag.js';

/** Approximate size of a key and of the store's overhead for an entry. */
const ENTRY_BYTES = 300;

/**
 * Bodies that are requested repeatedly, each compressed once for all requests. Only the compressed body is stored; for
 * a sitemap of 3 MB, that is a twentieth of the size.
 */
export class CompressedBodies {
  private readonly stored: LRUCache<string, EncodedBody>;
  private readonly running = new Map<string, Promise<EncodedBody>>();

  constructor(maxBytes: number) {
    this.stored = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ bytes }) => bytes.length + ENTRY_BYTES,
    });
  }

  /** @param header Accept-Encoding */
  get(bytes: Buffer, header: string | undefined): MaybePromise<EncodedBody> {
    const encoding = encodingFor(header, bytes.length);
    if (encoding === 'identity') return { encoding, bytes };
    const key = etagIn(etagOf(bytes), encoding);
    return this.stored.get(key) ?? this.running.get(key) ?? this.compress(key, bytes, header);
  }

  private compress(
    key: string,
    bytes: Buffer,
    header: string | undefined,
  ): MaybePromise<EncodedBody> {
    const body = encodeBody(bytes, header);
    if (!(body instanceof Promise)) return body;
    const made = body
      .then((encoded) => {
        // Uncompressed, because zlib has no memory left: the next request tries again.
        if (encoded.encoding !== 'identity') this.stored.set(key, encoded);
        return encoded;
      })
      .finally(() => this.running.delete(key));
    this.running.set(key, made);
    return made;
  }
}
