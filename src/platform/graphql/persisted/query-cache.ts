import { LRUCache } from 'lru-cache';

/** In bytes. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_QUERIES = 10_000;
/** A longer text is not cached: its client sends it each time. */
const MAX_QUERY_BYTES = 64 * 1024;

/**
 * The texts that clients have sent with a hash (Apollo's automatically persisted queries). A client that fills the
 * cache with useless texts costs the others one more request each, and nothing else.
 */
export class PersistedQueryCache {
  readonly counts = { hits: 0, misses: 0, stored: 0 };
  private readonly texts = new LRUCache<string, string>({
    max: MAX_QUERIES,
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_QUERY_BYTES,
    sizeCalculation: (text, key) => Buffer.byteLength(text) + key.length,
  });

  async get(key: string): Promise<string | undefined> {
    const text = this.texts.get(key);
    this.counts[text === undefined ? 'misses' : 'hits'] += 1;
    return text;
  }

  async set(key: string, text: string): Promise<void> {
    this.counts.stored += 1;
    this.texts.set(key, text);
  }

  async delete(key: string): Promise<boolean> {
    return this.texts.delete(key);
  }
}
