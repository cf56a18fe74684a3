import { Invalid } from '../../kernel/refusal.js';
import type { LocaleSegment } from './reading-order.policy.js';

/** A change of one segment of a locale. */
export interface Target {
  readonly key: string;
  /** Of the source that was translated; null for a segment that only this locale has. */
  readonly sourceDigest: string | null;
  /** null: no text, or omitted. */
  readonly text: string | null;
  readonly omitted: boolean;
  /** For a segment that only this locale has: the segment it follows; null: unchanged, a new one at the end. */
  readonly after: string | null;
}

export const MAX_TARGETS = 500;

/**
 * Checks the input by itself, without the stored text.
 *
 * @throws Invalid LIST_TOO_LONG, SEGMENT_TWICE, TEXT_AND_OMITTED
 */
export function checkTargets(targets: readonly Target[]): void {
  if (targets.length > MAX_TARGETS) {
    throw new Invalid('LIST_TOO_LONG', { argument: 'segments', max: MAX_TARGETS }, ['segments']);
  }
  const seen = new Set<string>();
  for (const [index, { key, text, omitted }] of targets.entries()) {
    const shown = { key: shownKey(key) };
    if (seen.has(key)) throw new Invalid('SEGMENT_TWICE', shown, at(index, 'key'));
    if (omitted && text !== null) {
      throw new Invalid('TEXT_AND_OMITTED', shown, at(index, 'omitted'));
    }
    seen.add(key);
  }
}

/** The path of a target's member in the input. */
export function at(index: number, member: string): string[] {
  return ['segments', String(index), member];
}

/** A key as it is shown in a message. */
export function shownKey(key: string): string {
  return key.slice(0, 40);
}

/** GONE: a segment that the original no longer has. NEW: the key is unused. */
export type TargetPlace = 'ORIGINAL' | 'OWN' | 'GONE' | 'NEW';

/**
 * @param segment the segment of the locale with the target's key
 * @param formerKeys every key that the original has ever had
 */
export function placeOf(
  segment: LocaleSegment | undefined,
  formerKeys: ReadonlySet<string>,
  { key }: Target,
): TargetPlace {
  if (segment) return segment.own ? 'OWN' : 'ORIGINAL';
  return formerKeys.has(key) ? 'GONE' : 'NEW';
}

/** Keys of originals; see `withKeys` of the feature release. */
const RESERVED = /^(title|summary|b\d+)$/;
const KEY = /^[a-z][a-z0-9-]{0,39}$/;

/** Whether the value has the form of a key. */
export function isKey(value: string): boolean {
  return KEY.test(value);
}

/**
 * Checks a target against its place.
 *
 * @throws Invalid SOURCE_DIGEST_MISSING, OMISSION_IMPOSSIBLE, PLACE_IMPOSSIBLE, SEGMENT_UNKNOWN, SEGMENT_KEY_UNUSABLE
 */
export function checkPlace(place: TargetPlace, target: Target, index: number, kind?: string): void {
  const { key, text, omitted, sourceDigest, after } = target;
  const shown = { key: shownKey(key) };
  if (place === 'GONE') return;
  if (place === 'ORIGINAL') {
    if (omitted && kind === 'TITLE') {
      throw new Invalid('OMISSION_IMPOSSIBLE', shown, at(index, 'omitted'));
    }
    if (after !== null) throw new Invalid('PLACE_IMPOSSIBLE', shown, at(index, 'after'));
    if ((text !== null || omitted) && sourceDigest === null) {
      throw new Invalid('SOURCE_DIGEST_MISSING', shown, at(index, 'sourceDigest'));
    }
    return;
  }
  if (omitted) throw new Invalid('OMISSION_IMPOSSIBLE', shown, at(index, 'omitted'));
  if (place === 'OWN') return;
  if (text === null || sourceDigest !== null) {
    throw new Invalid('SEGMENT_UNKNOWN', shown, at(index, 'key'));
  }
  if (!isKey(key) || RESERVED.test(key)) {
    throw new Invalid('SEGMENT_KEY_UNUSABLE', shown, at(index, 'key'));
  }
}

/** Whether two lists have equal segments in the same order. */
export function sameSegments(
  before: readonly LocaleSegment[],
  after: readonly LocaleSegment[],
): boolean {
  return JSON.stringify(before.map(shapeOf)) === JSON.stringify(after.map(shapeOf));
}

function shapeOf(segment: LocaleSegment): unknown[] {
  const { key, kind, own, afterKey, text, omitted, sourceDigest, origin } = segment;
  return [key, kind, own, afterKey, text, omitted, sourceDigest, origin];
}
