import type { EntityManager } from 'typeorm';

import { Invalid, type RevisionMoved } from '../../kernel/refusal.js';
import type { TextOrigin } from '../../kernel/release.js';
import { stateAfter } from '../../kernel/workflow.js';
import { segmentText } from '../release/index.js';
import { movedSince, refuseMoved } from './conflict.js';
import { keysOfOthers, originalKeys } from './history.repository.js';
import { type LocaleText, openText, presentDigest, refuseOriginal } from './locale-text.js';
import type { TextPlace } from './text-place.js';
import { OwnSegments } from './own-order.policy.js';
import type { LocaleSegment } from './reading-order.policy.js';
import {
  at,
  checkPlace,
  checkTargets,
  isKey,
  placeOf,
  shownKey,
  type Target,
} from './targets.policy.js';
import { writeText } from './text-writer.js';

export interface SaveRequest extends TextPlace {
  /** The revision that the caller edited; 0 if there was none. */
  readonly expectedRevision: number;
  /** null: HUMAN for changed texts; unchanged texts keep their origin. */
  readonly origin: TextOrigin | null;
  /** The segments that change. */
  readonly targets: readonly Target[];
}

/**
 * Saves some segments of a translation: all of them, or none.
 *
 * @returns whether anything changed
 * @throws RevisionMoved if the text or a source has changed since the caller read it
 * @throws Invalid for an input that is invalid by itself, or does not fit the stored text
 */
export async function saveTranslation(
  manager: EntityManager,
  request: SaveRequest,
  by: string,
): Promise<boolean> {
  const { targets, origin } = request;
  if (origin === 'ORIGINAL') throw new Invalid('ORIGIN_IMPOSSIBLE', {}, ['origin']);
  checkTargets(targets);
  const text = await openText(manager, request);
  refuseOriginal(text);
  await refuseMoved(manager, text, request.expectedRevision, targets);
  const moved = await checkPlaces(manager, text, request);
  if (moved) throw moved;

  const own = new OwnSegments(text.segments);
  const written = new Map<string, LocaleSegment>();
  for (const [index, target] of targets.entries()) {
    const before = text.segments.find(({ key }) => key === target.key);
    const after = rewritten(text, before, target, index, origin);
    if (before && !before.own) written.set(target.key, after);
    else place(text, own, after, target, index);
  }
  const shared = text.segments.filter((segment) => !segment.own);
  const segments = [...shared.map((segment) => written.get(segment.key) ?? segment), ...own.all];
  const state = stateAfter('SAVE', text.state ?? 'NOT_STARTED') ?? 'DRAFT';
  return writeText(manager, text, segments, { by, action: 'SAVED', state });
}

/** @returns the conflict if the digest of a source is not the current one; else null */
async function checkPlaces(
  manager: EntityManager,
  text: LocaleText,
  { targets, expectedRevision }: SaveRequest,
): Promise<RevisionMoved | null> {
  const present = new Map(text.segments.map((segment) => [segment.key, segment]));
  const unknown = targets.map(({ key }) => key).filter((key) => isKey(key) && !present.has(key));
  const former = unknown.length > 0 ? await originalKeys(manager, text.releaseId) : NONE;
  const taken = unknown.length > 0 ? await keysOfOthers(manager, text, unknown) : NONE;
  let moved = false;
  for (const [index, target] of targets.entries()) {
    const { key, sourceDigest } = target;
    const segment = present.get(key);
    const where = placeOf(segment, former, target);
    checkPlace(where, target, index, segment?.kind);
    if (where === 'NEW' && taken.has(key)) {
      throw new Invalid('SEGMENT_KEY_TAKEN', { key: shownKey(key) }, at(index, 'key'));
    }
    const isOther =
      segment && sourceDigest !== null && sourceDigest !== presentDigest(text, segment);
    moved ||= where === 'GONE' || (where === 'ORIGINAL' && isOther === true);
  }
  return moved ? movedSince(manager, text, expectedRevision, targets) : null;
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING = { own: true, kind: 'PARAGRAPH', afterKey: null } as const;

function rewritten(
  text: LocaleText,
  before: LocaleSegment | undefined,
  target: Target,
  index: number,
  origin: TextOrigin | null,
): LocaleSegment {
  const { key, omitted } = target;
  const { kind, own, afterKey } = before ?? NOTHING;
  const segment = { key, kind, own, afterKey, omitted };
  if (target.text === null && !omitted) {
    return { ...segment, text: null, sourceDigest: null, origin: null };
  }
  const path = at(index, 'text');
  const words = target.text === null ? null : segmentText(kind, target.text, path, before?.text);
  const same = before?.text === words && before.omitted === omitted;
  const presentOrigin = same ? before.origin : null;
  return {
    ...segment,
    text: words,
    sourceDigest: presentDigest(text, segment),
    origin: origin ?? presentOrigin ?? 'HUMAN',
  };
}

/** @throws Invalid SEGMENT_UNKNOWN for an unknown neighbor */
function place(
  { segments }: LocaleText,
  own: OwnSegments,
  segment: LocaleSegment,
  { after }: Target,
  index: number,
): void {
  if (segment.text === null) return own.remove(segment.key);
  if (after === null) return own.put(segment);
  const isThere = own.has(after) || segments.some(({ key, own: isOwn }) => !isOwn && key === after);
  if (!isThere || after === segment.key) {
    throw new Invalid('SEGMENT_UNKNOWN', { key: shownKey(after) }, at(index, 'after'));
  }
  own.putAfter(segment, after);
}
