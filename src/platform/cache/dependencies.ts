import type { CacheTags, DateRange } from './tags.js';
import { isSameVersion, type Version } from './version.js';

/** What a response has been computed from so far: its cache tags, its version, and whether it may be cached at all. */
export class Dependencies implements CacheTags {
  readonly releases = new Set<string>();
  readonly ranges: DateRange[] = [];
  isForAll = false;
  /** Something was read that no change in the change log announces: the response must not be cached. */
  isUncacheable = false;
  /** Accept-Language decided something; see the header Vary. */
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

  /** Something was read as of that version. */
  addVersion(version: Version): void {
    if (this.read === null) this.read = version;
    else if (!isSameVersion(this.read, version)) this.isInconsistent = true;
    if (this.reference && this.reference.revision !== version.revision) this.isInconsistent = true;
  }

  /** Cached reference data was used, which is right for every version with the same revision. */
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

  /** Begins anew, as if nothing had been read. */
  clear(): void {
    this.releases.clear();
    this.ranges.length = 0;
    this.isForAll = false;
    this.isUncacheable = false;
    this.usesAcceptLanguage = false;
    this.isInconsistent = false;
    this.read = null;
    this.reference = null;
  }
}
