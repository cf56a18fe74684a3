import type { Freshness, SegmentKind, TextOrigin } from '../../kernel/release.js';
import { freshnessAgainst, type SourceVersion, WHOLE_ORIGINAL } from '../release/index.js';
import { type LocaleSegment, readingOrder } from './reading-order.policy.js';

/** A segment of one locale with its source; see the GraphQL type Segment. */
export interface StaffSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  readonly source: string | null;
  readonly sourceDigest: string | null;
  readonly target: string | null;
  readonly omitted: boolean;
  readonly freshness: Freshness | null;
  readonly origin: TextOrigin | null;
  readonly sourceWas: string | null;
}

/** A version with its text; see authoring.source_version. */
export interface SourceText extends SourceVersion {
  readonly text: string | null;
}

/** All texts that the sources of a release have had, by segment key. */
export type SourceTexts = ReadonlyMap<string, readonly SourceText[]>;

/** @param versions null for the original itself, which has no source */
export function staffSegments(
  segments: readonly LocaleSegment[],
  versions: SourceTexts | null,
): StaffSegment[] {
  return readingOrder(segments).map((segment) => {
    const { key, kind, text, omitted, origin } = segment;
    const common = { key, kind, target: text, omitted, origin: text === null ? null : origin };
    if (versions === null) {
      const freshness = text === null ? null : ('CURRENT' as const);
      return { ...common, source: null, sourceDigest: null, freshness, sourceWas: null };
    }
    return { ...common, ...againstSource(segment, versions) };
  });
}

function againstSource(
  { key, own, text, omitted, sourceDigest }: LocaleSegment,
  versions: SourceTexts,
) {
  const ofSource = versions.get(own ? WHOLE_ORIGINAL : key) ?? [];
  const present = ofSource.at(-1);
  const isWritten = text !== null || omitted;
  const madeFrom = sourceDigest ?? '';
  const was = isWritten && madeFrom !== present?.digest;
  return {
    source: own ? null : (present?.text ?? null),
    sourceDigest: own ? null : (present?.digest ?? null),
    freshness: text === null ? null : freshnessAgainst(ofSource, madeFrom, present?.digest),
    sourceWas:
      was && !own ? (ofSource.findLast(({ digest }) => digest === madeFrom)?.text ?? null) : null,
  };
}

/**
 * A text of the history: each segment with the source that it was made from, compared with the newest source.
 *
 * @param versions null for the original itself, which has no source
 */
export function recordedSegments(
  segments: readonly LocaleSegment[],
  versions: SourceTexts | null,
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
