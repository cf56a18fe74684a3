import type { SegmentKind, TextOrigin } from '../../kernel/release.js';

/** One segment as one locale has it. */
export interface LocaleSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  /** Only this locale has it; it stands after the segment `afterKey`, or at the end. */
  readonly own: boolean;
  readonly afterKey: string | null;
  /** Inline CommonMark; null where the locale has no text, see `omitted`. */
  readonly text: string | null;
  /** Left out on purpose; otherwise a null text is still to be written. */
  readonly omitted: boolean;
  readonly sourceDigest: string | null;
  readonly origin: TextOrigin | null;
}

/**
 * Puts the segments that only this locale has among those of the original.
 *
 * @param segments those of the original in their order, and those of the locale in theirs
 */
export function readingOrder(segments: readonly LocaleSegment[]): LocaleSegment[] {
  const shared = segments.filter(({ own }) => !own);
  const own = segments.filter((segment) => segment.own);
  const keys = new Set(shared.map(({ key }) => key));
  const placed = shared.flatMap((segment) => [
    segment,
    ...own.filter(({ afterKey }) => afterKey === segment.key),
  ]);
  return [...placed, ...own.filter(({ afterKey }) => afterKey === null || !keys.has(afterKey))];
}

/** The keys of the original that this locale has neither a text for nor left out on purpose. */
export function missingKeys(segments: readonly LocaleSegment[]): string[] {
  return segments
    .filter(({ own, text, omitted }) => !own && text === null && !omitted)
    .map(({ key }) => key);
}
