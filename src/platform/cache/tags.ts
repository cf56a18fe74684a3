/** What a cached value depends on; a change that matches one of its tags invalidates it. */
export interface CacheTags {
  /** Ids of releases. */
  readonly releases: Iterable<string>;
  /** Parts of lists by date: a release that enters one of them changes the list. */
  readonly ranges?: readonly DateRange[];
  /** Depends on every release: a total, a search, another order, something that was not found. */
  readonly isForAll?: boolean;
}

/** A change to what the public may read, as the change log records it. */
export interface PublicChange {
  readonly releaseId: string;
  /** The new place of the release in lists by date; null if it is no longer public. */
  readonly place: ReleasePlace | null;
}

/** The sort values of a release in lists by date. */
export interface ReleasePlace {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly number: string;
}

/** Part of a list by date, both ends included; null has no end on that side. */
export interface DateRange {
  readonly from: ReleasePlace | null;
  readonly to: ReleasePlace | null;
}

/**
 * Whether a release at that place belongs to that part of a list. Within one day the order is that of the database's
 * collation, so both ends of the range count as inside.
 */
export function isInRange({ date }: ReleasePlace, { from, to }: DateRange): boolean {
  return (from === null || date >= from.date) && (to === null || date <= to.date);
}
