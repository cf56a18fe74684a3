import { LRUCache } from 'lru-cache';

/** In bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_QUERIES = 10_000;
/** A longer text is not kept: its client sends it each time. */
const LONGEST_QUERY = 64 * 1024;

/**
 * The texts that clients have sent with a hash (Apollo's automatically persisted queries). Whoever fills it with
 * nonsense costs the others one more request each, and nothing else.
 */
export class KeptQueries {
  readonly counts = { hits: 0, misses: 0, kept: 0 };
  private readonly texts = new LRUCache<string, string>({
    max: MOST_QUERIES,
    maxSize: MOST_BYTES,
    maxEntrySize: LONGEST_QUERY,
    sizeCalculation: (text, key) => Buffer.byteLength(text) + key.length,
  });

  async get(key: string): Promise<string | undefined> {
    const text = this.texts.get(key);
    this.counts[text === undefined ? 'misses' : 'hits'] += 1;
    return text;
  }

  async set(key: string, text: string): Promise<void> {
    this.counts.kept += 1;
    this.texts.set(key, text);
  }

  async delete(key: string): Promise<boolean> {
    return this.texts.delete(key);
  }
}
