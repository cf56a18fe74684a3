import { createHash } from 'node:crypto';

import type { Freshness, SegmentKind, SourceChange } from '../../kernel/release.js';

/** The key of the versions of the original as a whole. */
export const WHOLE_ORIGINAL = '';

/** One segment of an original; its position is that in the list. */
export interface SourceSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  /** Inline CommonMark. */
  readonly text: string;
}

/** One version of a source. Lists are sorted by {@link SourceVersion.version}. */
export interface SourceVersion {
  readonly key: string;
  readonly version: number;
  readonly digest: string;
  /** How it differs from the version before. */
  readonly change: SourceChange;
}

/** Identifies a source text: two texts have the same digest exactly if they are equal after NFC. */
export function segmentDigest(text: string): string {
  return createHash('sha256').update(text.normalize('NFC')).digest('base64url').slice(0, 22);
}

/** Identifies an original as a whole: its segments in their order, with their kinds. */
export function originalDigest(segments: readonly SourceSegment[]): string {
  const lines = segments.map(({ kind, text }) => `${kind} ${segmentDigest(text)}`);
  return segmentDigest(lines.join('\n'));
}

/** The digest of every segment by its key, and of the whole under {@link WHOLE_ORIGINAL}. */
export function sourceDigests(segments: readonly SourceSegment[]): Map<string, string> {
  const digests = new Map(segments.map(({ key, text }) => [key, segmentDigest(text)]));
  return digests.set(WHOLE_ORIGINAL, originalDigest(segments));
}

/**
 * The freshness of a text that was translated from the source `madeFrom`, compared with the source `against`: STALE if
 * one of the changes between the two was substantive, whichever is newer.
 *
 * @param versions of this source, in their order
 */
export function freshnessAgainst(
  versions: readonly SourceVersion[],
  madeFrom: string,
  against: string | undefined,
): Freshness {
  if (madeFrom === against) return 'CURRENT';
  const from = versions.findLastIndex(({ digest }) => digest === madeFrom);
  const to = versions.findLastIndex(({ digest }) => digest === against);
  if (from < 0 || to < 0) return 'STALE';
  const between = versions.slice(Math.min(from, to) + 1, Math.max(from, to) + 1);
  return between.every(({ change }) => change === 'MINOR') ? 'MINOR_DRIFT' : 'STALE';
}
