import type { MaybePromise } from '../../kernel/maybe-promise.js';
import { type EncodedBody, StoredBody } from '../http/content-encoding.js';
import { etagOf } from '../http/etag.js';
import type { Dependencies } from './dependencies.js';

/** A whole GraphQL response, as bytes, that is sent to everybody who makes the same request. */
export class CachedResponse {
  /** The header ETag of the uncompressed body. */
  readonly etag: string;
  /** The fingerprints of requests that are known to lead to it; see {@link ResponseCache.findByFingerprint}. */
  readonly fingerprints: string[] = [];
  private readonly body: StoredBody;

  constructor(
    readonly key: string,
    readonly bytes: Buffer,
    /** The UTC day by which rules were in force, `YYYY-MM-DD`. */
    readonly today: string,
    readonly contentLanguage: string | null,
    readonly dependencies: Dependencies,
  ) {
    this.etag = etagOf(bytes);
    this.body = new StoredBody(bytes);
  }

  /** Approximate, in bytes, with its compressed encodings and its tags. */
  get size(): number {
    const { bytes, key, dependencies } = this;
    return Math.ceil(bytes.length * 1.5) + 4 * key.length + 100 * dependencies.releases.size + 600;
  }

  /** @param header Accept-Encoding */
  encodedFor(header: string | undefined): MaybePromise<EncodedBody> {
    return this.body.for(header);
  }
}
