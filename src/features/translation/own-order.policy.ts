import type { LocaleSegment } from './reading-order.policy.js';

/** The segments that only one locale has, in their order, while some of them are moved. */
export class OwnSegments {
  private readonly list: LocaleSegment[];
  /** Segments that one request puts after the same segment have the order of the request. */
  private readonly placed = new Set<string>();

  constructor(segments: readonly LocaleSegment[]) {
    this.list = segments.filter(({ own }) => own);
  }

  get all(): readonly LocaleSegment[] {
    return this.list;
  }

  has(key: string): boolean {
    return this.list.some((segment) => segment.key === key);
  }

  remove(key: string): void {
    const index = this.list.findIndex((segment) => segment.key === key);
    if (index >= 0) this.list.splice(index, 1);
  }

  /** Replaces the segment with the same key, or adds one at the end. */
  put(segment: LocaleSegment): void {
    const index = this.list.findIndex(({ key }) => key === segment.key);
    if (index < 0) this.list.push({ ...segment, afterKey: null });
    else this.list[index] = segment;
  }

  /** @param after a segment of the original, or one of this list: both then have the same place in the original */
  putAfter(segment: LocaleSegment, after: string): void {
    this.remove(segment.key);
    const own = this.list.findIndex(({ key }) => key === after);
    const afterKey = own < 0 ? after : (this.list[own]?.afterKey ?? null);
    const index = own < 0 ? this.firstAfter(after) : own + 1;
    this.list.splice(index, 0, { ...segment, afterKey });
    this.placed.add(segment.key);
  }

  private firstAfter(after: string): number {
    const index = this.list.findIndex(({ key, afterKey }) => {
      return afterKey === after && !this.placed.has(key);
    });
    return index < 0 ? this.list.length : index;
  }
}
