/** A change of what is public, as far as it tells whose answers are no longer right. */
export interface PublicChange {
  readonly releaseId: string;
  /** Where the release stands in lists by date from now on; null where it is no longer public. */
  readonly place: ReleasePlace | null;
}

/** The sort values of a release in lists by date. */
export interface ReleasePlace {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly number: string;
}

/** Part of a list by date: from the one place to the other, both included; null has no end on that side. */
export interface DateRange {
  readonly from: ReleasePlace | null;
  readonly to: ReleasePlace | null;
}

/** What a part of an answer was made of. */
export interface TracedPart {
  readonly releases: Iterable<string>;
  readonly ranges?: readonly DateRange[];
  readonly dependsOnAll?: boolean;
}

/** What an answer was made of, so that it is dropped exactly when one of these changes. */
export class ReadTrace {
  readonly releases = new Set<string>();
  /** Parts of lists by date: a release that comes to stand in one of them changes it. */
  readonly ranges: DateRange[] = [];
  /** Whether any change may change the answer: a total, a search, another order, something that was not found. */
  dependsOnAll = false;
  /** Whether it was made of something that no change tells of: it must not be kept. */
  isOpaque = false;
  operationName: string | null = null;
  /** Whether the header Accept-Language had a say in it. */
  usedHeader = false;
  /** The state of the public side that it was read from; null as long as nothing was read. */
  head: PublicHead | null = null;
  /** Whether parts of it are as of different states: then it is no answer. */
  isMixed = false;

  /** Notes that something was read as of that state. */
  note(head: PublicHead): void {
    if (this.head === null) this.head = head;
    else if (!isSameHead(this.head, head)) this.isMixed = true;
  }

  /** Notes what a part of the answer was made of. */
  add({ releases, ranges = [], dependsOnAll = false }: TracedPart): void {
    for (const id of releases) this.releases.add(id);
    this.ranges.push(...ranges);
    if (dependsOnAll) this.dependsOnAll = true;
  }

  /** Notes all that another trace has noted. */
  takeIn(other: ReadTrace): void {
    this.add(other);
    if (other.head) this.note(other.head);
    if (other.isOpaque) this.isOpaque = true;
    if (other.usedHeader) this.usedHeader = true;
    if (other.isMixed) this.isMixed = true;
  }

  /** What it was made of so far, in little room. */
  summary(): TracedPart {
    const { dependsOnAll } = this;
    return { releases: [...this.releases], ranges: [...this.ranges], dependsOnAll };
  }

  /** As if nothing had been read. */
  forget(): void {
    this.releases.clear();
    this.ranges.length = 0;
    this.dependsOnAll = false;
    this.isOpaque = false;
    this.usedHeader = false;
    this.head = null;
    this.isMixed = false;
  }
}

/** One state of the public side of a database. */
export interface PublicHead {
  /** The number of the change log. */
  readonly seq: number;
  /** The number of the reference data: member states, rules, topics. */
  readonly revision: number;
}

export function isSameHead(a: PublicHead, b: PublicHead): boolean {
  return a.seq === b.seq && a.revision === b.revision;
}

/** Whether a release that stands there belongs to that part of a list. */
export function isInRange(place: ReleasePlace, { from, to }: DateRange): boolean {
  return (from === null || compare(place, from) >= 0) && (to === null || compare(place, to) <= 0);
}

/** Numbers are compared as PostgreSQL may not: only whether two places are the same or which is by date before. */
function compare(a: ReleasePlace, b: ReleasePlace): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  // Within one day the order of numbers is the database's: both ends are taken for inside.
  return 0;
}
