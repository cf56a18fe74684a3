import { LRUCache } from 'lru-cache';

import { type CacheTags, isInRange, type PublicChange } from './tags.js';
import { isSameVersion, type Version } from './version.js';

export interface CacheCounter {
  hit(): void;
  miss(): void;
  evicted(count: number): void;
  invalidated(count: number): void;
}

export interface CacheOptions<T> {
  /** Approximate limit of all values together, in bytes. */
  readonly maxBytes: number;
  /** The version that cached values are valid for; null while none may be used: see the lease of the change feed. */
  readonly version: () => Version | null;
  readonly counter?: CacheCounter;
  /** Called with each value that leaves the cache, for any reason. */
  readonly onRemoved?: (key: string, value: T) => void;
}

interface Entry<T> {
  readonly key: string;
  readonly value: T;
  readonly tags: CacheTags;
  readonly size: number;
}

/** Caches what was computed from public data until a change invalidates it, within a limit of bytes (LRU). */
export class TaggedCache<T> {
  private readonly entries: LRUCache<string, Entry<T>>;
  private readonly byRelease = new Map<string, Set<Entry<T>>>();
  private readonly ranged = new Set<Entry<T>>();
  private readonly forAll = new Set<Entry<T>>();

  constructor(private readonly options: CacheOptions<T>) {
    this.entries = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ size }) => size,
      dispose: (entry, _key, reason) => {
        this.remove(entry);
        if (reason === 'evict') options.counter?.evicted(1);
      },
    });
  }

  get count(): number {
    return this.entries.size;
  }

  get bytes(): number {
    return this.entries.calculatedSize;
  }

  /** @returns undefined for a value that is not cached, or must not be used now */
  find(key: string): T | undefined {
    const entry = this.options.version() && this.entries.get(key);
    if (entry) this.options.counter?.hit();
    else this.options.counter?.miss();
    return entry?.value;
  }

  /**
   * Caches a value that was computed from the present version; a value of any other version may be out of date already.
   *
   * @param size approximate, in bytes
   * @returns whether it is cached
   */
  store(key: string, value: T, from: { version: Version | null; tags: CacheTags }, size: number) {
    const version = this.options.version();
    if (!version || !from.version || !isSameVersion(version, from.version)) return false;
    const entry: Entry<T> = { key, value, tags: from.tags, size };
    // Not replaced in place: the tags of the earlier entry go first.
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (!this.entries.has(key)) return false;
    for (const id of from.tags.releases) {
      const others = this.byRelease.get(id);
      if (others) others.add(entry);
      else this.byRelease.set(id, new Set([entry]));
    }
    if (from.tags.ranges?.length) this.ranged.add(entry);
    if (from.tags.isForAll) this.forAll.add(entry);
    return true;
  }

  /** Drops what the changes invalidate, and only that; null: everything. */
  invalidate(changes: readonly PublicChange[] | null): void {
    if (changes === null) {
      this.options.counter?.invalidated(this.entries.size);
      return this.entries.clear();
    }
    if (changes.length === 0) return;
    const stale = new Set(this.forAll);
    for (const { releaseId, place } of changes) {
      for (const entry of this.byRelease.get(releaseId) ?? []) stale.add(entry);
      if (!place) continue;
      for (const entry of this.ranged) {
        if (entry.tags.ranges?.some((range) => isInRange(place, range))) stale.add(entry);
      }
    }
    this.options.counter?.invalidated(stale.size);
    for (const { key } of stale) this.entries.delete(key);
  }

  private remove(entry: Entry<T>): void {
    for (const id of entry.tags.releases) {
      const others = this.byRelease.get(id);
      others?.delete(entry);
      if (others?.size === 0) this.byRelease.delete(id);
    }
    this.ranged.delete(entry);
    this.forAll.delete(entry);
    this.options.onRemoved?.(entry.key, entry.value);
  }
}
