import type { Dependencies } from '../../platform/cache/dependencies.js';
import type { CacheTags, PublicChange } from '../../platform/cache/tags.js';
import { type CacheCounter, TaggedCache } from '../../platform/cache/tagged-cache.js';
import type { Version } from '../../platform/cache/version.js';
import type { ListPosition } from './cursor.js';
import type { ReleasePage } from './release-list.js';
import type { ReleaseRecord } from './release-record.js';
import type { TextKey } from './release-loaders.js';
import { hasExtent, type TextOf, type TextTitle } from './text-record.js';
import type { TextExtent } from '../../platform/graphql/execution/declared-needs.js';

/** The part of the change feed that the cache needs. */
export interface VersionSource {
  /** null while no cached value may be used. */
  readonly version: Version | null;
  onChange(listener: (changes: readonly PublicChange[] | null) => void): void;
}

export interface LayerCounter extends CacheCounter {
  measure(size: () => { entries: number; bytes: number }): void;
}

export interface RecordCacheOptions {
  /** Approximate limit of all layers together, in bytes. */
  readonly maxBytes: number;
  readonly feed: VersionSource;
  readonly counterOf: (layer: 'release' | 'text' | 'list') => LayerCounter;
}

/** A page of a list without its releases, which are in many lists and cached once; or a total. */
type CachedList = CachedPage | number;

export interface CachedPage extends Omit<ReleasePage, 'edges'> {
  readonly edges: readonly { readonly releaseId: string; readonly place: ListPosition }[];
}

/** Shares of the limit; texts are the largest. */
const SHARES = { release: 0.25, text: 0.5, list: 0.25 };

/** Caches the records that responses are computed from: releases, texts, and pages of lists. */
export class RecordCache {
  private readonly releases: TaggedCache<ReleaseRecord>;
  private readonly texts: TaggedCache<TextTitle>;
  private readonly lists: TaggedCache<CachedList>;
  private readonly feed: VersionSource;

  constructor(options: RecordCacheOptions) {
    this.feed = options.feed;
    this.releases = layer(options, 'release');
    this.texts = layer(options, 'text');
    this.lists = layer(options, 'list');
  }

  /** @param name id or number, which cannot be confused with each other */
  findRelease(name: string, dependencies: Dependencies): ReleaseRecord | undefined {
    return this.used(this.releases.find(name), dependencies);
  }

  storeRelease(record: ReleaseRecord, version: Version | null): void {
    const from = { version, tags: { releases: [record.id] } };
    this.releases.store(record.id, record, from, RELEASE_BYTES);
    this.releases.store(record.number, record, from, NUMBER_BYTES);
  }

  /** A text that has at least what is needed. */
  findText<E extends TextExtent>(
    { releaseId, locale }: TextKey,
    needed: E,
    dependencies: Dependencies,
  ): TextOf[E] | undefined {
    const found = this.used(this.texts.find(`${releaseId} ${locale}`), dependencies);
    return found && hasExtent(found, needed) ? found : undefined;
  }

  storeText(releaseId: string, text: TextTitle, version: Version | null): void {
    const from = { version, tags: { releases: [releaseId] } };
    this.texts.store(`${releaseId} ${text.locale}`, text, from, sizeOf(text));
  }

  findList<T extends CachedList>(key: string, dependencies: Dependencies): T | undefined {
    return this.used(this.lists.find(key) as T | undefined, dependencies);
  }

  storeList(key: string, list: CachedList, from: { version: Version | null; tags: CacheTags }) {
    const edges = typeof list === 'number' ? 0 : list.edges.length;
    this.lists.store(key, list, from, 2 * key.length + LIST_BYTES + edges * EDGE_BYTES);
  }

  private used<T>(found: T | undefined, dependencies: Dependencies): T | undefined {
    const { version } = this.feed;
    if (found !== undefined && version) dependencies.addVersion(version);
    return found;
  }
}

/** Approximate sizes in memory. */
const RELEASE_BYTES = 1_500;
const NUMBER_BYTES = 200;
const TITLE_BYTES = 500;
const SUMMARY_BYTES = 1_200;
const LIST_BYTES = 600;
const EDGE_BYTES = 200;

function sizeOf(text: TextTitle): number {
  if (!hasExtent(text, 'BODY')) return hasExtent(text, 'SUMMARY') ? SUMMARY_BYTES : TITLE_BYTES;
  const { blocks } = text.content;
  const length = blocks.reduce((sum, block) => sum + block.text.length, 0);
  // The text itself, and its renderings.
  return SUMMARY_BYTES + 4 * length + 300 * blocks.length;
}

function layer<T>(
  { maxBytes, feed, counterOf }: RecordCacheOptions,
  name: keyof typeof SHARES,
): TaggedCache<T> {
  const counter = counterOf(name);
  const cache = new TaggedCache<T>({
    maxBytes: Math.max(1, Math.floor(maxBytes * SHARES[name])),
    version: () => feed.version,
    counter,
  });
  counter.measure(() => ({ entries: cache.count, bytes: cache.bytes }));
  feed.onChange((changes) => cache.invalidate(changes));
  return cache;
}
