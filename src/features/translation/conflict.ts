import type { EntityManager } from 'typeorm';

import { RevisionMoved, type SegmentConflict } from '../../kernel/refusal.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { findText } from './history.repository.js';
import { type LocaleText, presentDigest } from './locale-text.js';
import type { LocaleSegment } from './reading-order.policy.js';

/** A segment as the caller has sent it. */
export interface SentSegment {
  readonly key: string;
  /** null if no text was sent. */
  readonly text: string | null;
  /** The digest of the source that the caller has sent, if any. */
  readonly sourceDigest: string | null;
}

/**
 * The conflict of a caller who edited an outdated revision: each segment that they sent or that others have changed
 * since, with its text in that revision, in the current one, and as sent.
 *
 * @param expected the revision that the caller edited
 */
export async function movedSince(
  manager: EntityManager,
  text: LocaleText,
  expected: number,
  sent: readonly SentSegment[],
): Promise<RevisionMoved> {
  const base = await findText(queryableOf(manager), text, expected);
  return new RevisionMoved(text.revision, segmentConflicts(text, base?.segments ?? [], sent));
}

/**
 * @throws RevisionMoved if the revision that the caller edited is not the current one
 * @see movedSince
 */
export async function refuseMoved(
  manager: EntityManager,
  text: LocaleText,
  expected: number,
  sent: readonly SentSegment[] = [],
): Promise<void> {
  if (text.revision !== expected) throw await movedSince(manager, text, expected, sent);
}

/** In the order of the current text; removed segments come last. */
export function segmentConflicts(
  text: Pick<LocaleText, 'segments' | 'digests'>,
  base: readonly LocaleSegment[],
  sent: readonly SentSegment[],
): SegmentConflict[] {
  const before = byKey(base);
  const now = byKey(text.segments);
  const yours = byKey(sent);
  const keys = new Set([...now.keys(), ...before.keys(), ...yours.keys()]);
  const touched = [...keys].filter((key) => {
    return yours.has(key) || !sameText(before.get(key), now.get(key));
  });
  return touched.map((key) => {
    const segment = now.get(key);
    const madeFrom = yours.get(key)?.sourceDigest ?? before.get(key)?.sourceDigest ?? null;
    const known = segment ?? before.get(key);
    const present = known ? presentDigest(text, known) : null;
    return {
      key,
      base: before.get(key)?.text ?? null,
      theirs: segment?.text ?? null,
      yours: yours.get(key)?.text ?? null,
      sourceChanged: madeFrom !== null && madeFrom !== present,
    };
  });
}

function byKey<T extends { readonly key: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.key, item]));
}

function sameText(before: LocaleSegment | undefined, now: LocaleSegment | undefined): boolean {
  const shape = (segment: LocaleSegment | undefined) => [
    segment?.text ?? null,
    segment?.omitted ?? false,
    segment?.sourceDigest ?? null,
  ];
  return JSON.stringify(shape(before)) === JSON.stringify(shape(now));
}
