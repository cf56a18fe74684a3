import { LRUCache } from 'lru-cache';

import {
  type DateRange,
  isInRange,
  isSameHead,
  type PublicChange,
  type PublicHead,
} from '../graphql/execution/read-trace.js';

/** What something kept was made of. */
export interface MadeOf {
  /** The state of the public side that it was read from; null for one that is not known. */
  readonly head: PublicHead | null;
  readonly releases: Iterable<string>;
  /** Parts of lists by date: a release that comes to stand in one of them changes it. */
  readonly ranges?: readonly DateRange[];
  /** Whether any change may change it. */
  readonly dependsOnAll?: boolean;
}

export interface StoreMeter {
  hit(): void;
  miss(): void;
  evicted(count: number): void;
  invalidated(count: number): void;
}

export interface StoreParts<T> {
  /** Bytes that all together may take, about. */
  readonly maxBytes: number;
  /** The state that what is kept must be as of; null while nothing kept may be used. */
  readonly head: () => PublicHead | null;
  readonly meter?: StoreMeter;
  /** Called with what is kept no more, for whatever reason. */
  readonly onForget?: (key: string, value: T) => void;
}

interface Entry<T> {
  readonly key: string;
  readonly value: T;
  readonly madeOf: MadeOf;
  readonly size: number;
}

/** One use in so many is noted. */
const NOTED_USES = 8;

/** Keeps what was made of public texts as long as it is right, within bounds. */
export class KeptStore<T> {
  private readonly entries: LRUCache<string, Entry<T>>;
  private readonly byRelease = new Map<string, Set<Entry<T>>>();
  private readonly ranged = new Set<Entry<T>>();
  private readonly loose = new Set<Entry<T>>();
  private uses = 0;

  constructor(private readonly parts: StoreParts<T>) {
    this.entries = new LRUCache({
      maxSize: parts.maxBytes,
      sizeCalculation: ({ size }) => size,
      dispose: (entry, _key, reason) => {
        this.forget(entry);
        if (reason === 'evict') parts.meter?.evicted(1);
      },
    });
  }

  get count(): number {
    return this.entries.size;
  }

  get bytes(): number {
    return this.entries.calculatedSize;
  }

  /** @returns undefined for what is not there, or must not be used now */
  find(key: string): T | undefined {
    const entry = this.parts.head() && this.entries.get(key);
    if (entry) this.parts.meter?.hit();
    else this.parts.meter?.miss();
    return entry?.value;
  }

  /**
   * Whether something that is kept, and was found by another way, may be used now. What is used a lot is kept the
   * longest; to note it each time would cost as much as to find it.
   */
  use(key: string): boolean {
    if (this.parts.head() === null) {
      this.parts.meter?.miss();
      return false;
    }
    this.parts.meter?.hit();
    this.uses += 1;
    if (this.uses % NOTED_USES === 0) this.entries.get(key);
    return true;
  }

  /**
   * Keeps what is as of the present state; anything else may be out of date already.
   *
   * @param size in bytes, about
   * @returns whether it is kept
   */
  keep(key: string, value: T, madeOf: MadeOf, size: number): boolean {
    const head = this.parts.head();
    if (!head || !madeOf.head || !isSameHead(head, madeOf.head)) return false;
    const entry: Entry<T> = { key, value, madeOf, size };
    // Not in its place: what stood there is forgotten first.
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (!this.entries.has(key)) return false;
    for (const id of madeOf.releases) {
      const others = this.byRelease.get(id);
      if (others) others.add(entry);
      else this.byRelease.set(id, new Set([entry]));
    }
    if (madeOf.ranges?.length) this.ranged.add(entry);
    if (madeOf.dependsOnAll) this.loose.add(entry);
    return true;
  }

  /** Drops what is no longer right, and only that; null: all of it. */
  drop(changes: readonly PublicChange[] | null): void {
    if (changes === null) {
      this.parts.meter?.invalidated(this.entries.size);
      return this.entries.clear();
    }
    if (changes.length === 0) return;
    const wrong = new Set(this.loose);
    for (const { releaseId, place } of changes) {
      for (const entry of this.byRelease.get(releaseId) ?? []) wrong.add(entry);
      if (!place) continue;
      for (const entry of this.ranged) {
        if (entry.madeOf.ranges?.some((range) => isInRange(place, range))) wrong.add(entry);
      }
    }
    this.parts.meter?.invalidated(wrong.size);
    for (const { key } of wrong) this.entries.delete(key);
  }

  private forget(entry: Entry<T>): void {
    for (const id of entry.madeOf.releases) {
      const others = this.byRelease.get(id);
      others?.delete(entry);
      if (others?.size === 0) this.byRelease.delete(id);
    }
    this.ranged.delete(entry);
    this.loose.delete(entry);
    this.parts.onForget?.(entry.key, entry.value);
  }
}
