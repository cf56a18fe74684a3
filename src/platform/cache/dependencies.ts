import type { CacheTags, DateRange } from './tags.js';
import { isSameVersion, type Version } from './version.js';

/** What a response has been computed from so far: its cache tags, its version, and whether it may be cached at all. */
export class Dependencies implements CacheTags {
  readonly releases = new Set<string>();
  readonly ranges: DateRange[] = [];
  isForAll = false;
  /** The change log does not announce changes of something that was read: the response must not be cached. */
  isUncacheable = false;
  /** Texts of the interface were read. The change log does not announce their changes: a key must have their version. */
  usesTexts = false;
  /** The response depends on Accept-Language; see the header Vary. */
  usesAcceptLanguage = false;
  /** Two parts were read from different versions: the response must be computed again, from one snapshot. */
  isInconsistent = false;
  operationName: string | null = null;
  private read: Version | null = null;
  private reference: Version | null = null;

  /** The version that it was computed from; null if nothing was read. */
  get version(): Version | null {
    return this.read ?? this.reference;
  }

  /** Records a read as of that version. */
  addVersion(version: Version): void {
    if (this.read === null) this.read = version;
    else if (!isSameVersion(this.read, version)) this.isInconsistent = true;
    if (this.reference && this.reference.revision !== version.revision) this.isInconsistent = true;
  }

  /** Records a read of cached reference data, which is valid for every version with the same revision. */
  addReference(version: Version): void {
    this.reference ??= version;
    if (this.reference.revision !== version.revision) this.isInconsistent = true;
    if (this.read && this.read.revision !== version.revision) this.isInconsistent = true;
  }

  addTags({ releases, ranges = [], isForAll = false }: CacheTags): void {
    for (const id of releases) this.releases.add(id);
    this.ranges.push(...ranges);
    if (isForAll) this.isForAll = true;
  }

  /** Resets it, as if nothing had been read. */
  clear(): void {
    this.releases.clear();
    this.ranges.length = 0;
    this.isForAll = false;
    this.isUncacheable = false;
    this.usesTexts = false;
    this.usesAcceptLanguage = false;
    this.isInconsistent = false;
    this.read = null;
    this.reference = null;
  }
}
