import type { SegmentKind } from '../../kernel/release.js';
import type { SourceSegment } from './source.policy.js';

/** A segment that may not have a key yet; `key` is null for a new one. */
export interface SegmentDraft {
  readonly key: string | null;
  readonly kind: SegmentKind;
  readonly text: string;
}

/** Every new segment gets a key that this release has never used; title and summary have fixed keys. */
export function withKeys(
  drafts: readonly SegmentDraft[],
  nextKey: number,
): { segments: SourceSegment[]; nextKey: number } {
  let next = nextKey;
  const segments = drafts.map(({ key, kind, text }) => {
    return { key: key ?? fixedKey(kind) ?? `b${next++}`, kind, text };
  });
  return { segments, nextKey: next };
}

/** The key of title and summary, the same in every release; null for other kinds. */
export function fixedKey(kind: SegmentKind): string | null {
  if (kind === 'TITLE') return 'title';
  return kind === 'SUMMARY' ? 'summary' : null;
}

/** The segments of `after` whose text `before` did not have under that key. */
export function changedSegments(
  before: readonly SourceSegment[],
  after: readonly SourceSegment[],
): SourceSegment[] {
  const texts = new Map(before.map(({ key, text }) => [key, text]));
  return after.filter(({ key, text }) => texts.get(key) !== text);
}

export function removedKeys(
  before: readonly SourceSegment[],
  after: readonly SourceSegment[],
): string[] {
  const remaining = new Set(after.map(({ key }) => key));
  return before.map(({ key }) => key).filter((key) => !remaining.has(key));
}

export function sameSegments(
  before: readonly SourceSegment[],
  after: readonly SourceSegment[],
): boolean {
  return (
    before.length === after.length &&
    before.every(({ key, kind, text }, index) => {
      const other = after[index];
      return other?.key === key && other.kind === kind && other.text === text;
    })
  );
}
