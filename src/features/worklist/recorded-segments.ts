import { freshnessAgainst, WHOLE_ORIGINAL } from '../release/index.js';
import { type LocaleSegment, readingOrder } from '../translation/index.js';
import type { StaffSegment, WordedVersion } from './staff-segments.js';

/**
 * A text as it once was, each segment beside the source that it was made from, and judged by the newest one.
 *
 * @param versions null for the original itself, which has no source
 */
export function recordedSegments(
  segments: readonly LocaleSegment[],
  versions: ReadonlyMap<string, readonly WordedVersion[]> | null,
): StaffSegment[] {
  return readingOrder(segments).map((segment) => {
    const { key, kind, own, text, omitted, origin, sourceDigest } = segment;
    const ofSource = versions?.get(own ? WHOLE_ORIGINAL : key) ?? [];
    const source = ofSource.findLast(({ digest }) => digest === sourceDigest)?.text ?? null;
    const present = ofSource.at(-1)?.digest;
    const freshness = versions
      ? freshnessAgainst(ofSource, sourceDigest ?? '', present)
      : ('CURRENT' as const);
    return {
      key,
      kind,
      source,
      sourceDigest: own ? null : sourceDigest,
      target: text,
      omitted,
      freshness: text === null ? null : freshness,
      origin: text === null ? null : origin,
      sourceWas: null,
    };
  });
}
