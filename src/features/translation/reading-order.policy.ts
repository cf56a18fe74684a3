import type { SegmentKind, TextOrigin } from '../../kernel/release.js';

/** One segment in one locale. */
export interface LocaleSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  /** Only this locale has it; it follows the segment `afterKey`, or is at the end. */
  readonly own: boolean;
  readonly afterKey: string | null;
  /** Inline CommonMark; null if the locale has no text, see `omitted`. */
  readonly text: string | null;
  /** Omitted on purpose; otherwise a null text is still missing. */
  readonly omitted: boolean;
  readonly sourceDigest: string | null;
  readonly origin: TextOrigin | null;
}

/**
 * The segments in reading order: those that only this locale has are inserted among those of the original.
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

/** The keys of the original that this locale neither has a text for nor omits on purpose. */
export function missingKeys(segments: readonly LocaleSegment[]): string[] {
  return segments
    .filter(({ own, text, omitted }) => !own && text === null && !omitted)
    .map(({ key }) => key);
}
