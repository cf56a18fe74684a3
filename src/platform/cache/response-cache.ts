import type { CachedResponse } from './cached-response.js';
import type { PublicChange } from './tags.js';
import { type CacheOptions, TaggedCache } from './tagged-cache.js';

/** The maximum number of different requests that find a response by their bytes, without being parsed. */
const MAX_FINGERPRINTS = 4;

export interface ResponseCacheOptions extends Omit<CacheOptions<CachedResponse>, 'onRemoved'> {
  /** The present UTC day, `YYYY-MM-DD`: rules are dated, so a response is valid for one day. */
  readonly today: () => string;
}

/**
 * Whole responses of one process, found by operation and variables, or by the fingerprint of a request: its method,
 * headers and body as one string.
 */
export class ResponseCache {
  private readonly responses: TaggedCache<CachedResponse>;
  private readonly byFingerprint = new Map<string, CachedResponse>();
  private fingerprintBytes = 0;

  constructor(private readonly options: ResponseCacheOptions) {
    this.responses = new TaggedCache({
      ...options,
      onRemoved: (_key, { fingerprints }) => {
        for (const fingerprint of fingerprints) this.removeFingerprint(fingerprint);
      },
    });
  }

  get count(): number {
    return this.responses.count;
  }

  get bytes(): number {
    return this.responses.bytes;
  }

  find(key: string): CachedResponse | null {
    const response = this.responses.find(key);
    return response?.today === this.options.today() ? response : null;
  }

  findByFingerprint(fingerprint: string): CachedResponse | null {
    const known = this.byFingerprint.get(fingerprint);
    return known ? this.find(known.key) : null;
  }

  store(response: CachedResponse, fingerprint: string | null): void {
    const { key, dependencies, size, today } = response;
    const { version, isUncacheable, isInconsistent } = dependencies;
    if (isUncacheable || isInconsistent || today !== this.options.today()) return;
    const isStored = this.responses.store(key, response, { version, tags: dependencies }, size);
    if (isStored && fingerprint !== null) this.addFingerprint(response, fingerprint);
  }

  /** From now on an identical request finds that response by its fingerprint. */
  addFingerprint(response: CachedResponse, fingerprint: string): void {
    // A client may send long headers: all fingerprints together are limited like the responses.
    const isFull = this.fingerprintBytes + fingerprint.length > this.options.maxBytes;
    if (isFull || response.fingerprints.length >= MAX_FINGERPRINTS) return;
    if (this.byFingerprint.has(fingerprint)) return;
    this.byFingerprint.set(fingerprint, response);
    response.fingerprints.push(fingerprint);
    this.fingerprintBytes += fingerprint.length;
  }

  private removeFingerprint(fingerprint: string): void {
    this.byFingerprint.delete(fingerprint);
    this.fingerprintBytes -= fingerprint.length;
  }

  /** @see TaggedCache.invalidate */
  invalidate(changes: readonly PublicChange[] | null): void {
    this.responses.invalidate(changes);
  }
}
