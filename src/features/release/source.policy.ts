import { createHash } from 'node:crypto';

import type { Freshness, SegmentKind, SourceChange } from '../../kernel/release.js';

/** The key under which the versions of the original as a whole are kept. */
export const WHOLE_ORIGINAL = '';

/** One segment as it is written down: its place is its place in the list. */
export interface SourceSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  /** Inline CommonMark. */
  readonly text: string;
}

/** A text that a source has had, in the order of {@link SourceVersion.version}. */
export interface SourceVersion {
  readonly key: string;
  readonly version: number;
  readonly digest: string;
  /** How it differs from the version before. */
  readonly change: SourceChange;
}

/** Names a source text: two texts have the same digest exactly when they are equal after NFC. */
export function segmentDigest(text: string): string {
  return createHash('sha256').update(text.normalize('NFC')).digest('base64url').slice(0, 22);
}

/** Names an original as a whole: its segments in their order, with their kinds. */
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
 * How a text made from source `madeFrom` stands against the source as it is in `against`. STALE as
 * soon as one of the changes between the two was substantive, in whichever direction they lie.
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
