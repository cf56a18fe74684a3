import type { EntityManager } from 'typeorm';

import { type Authorship, beginRevision, recordText } from '../release/index.js';
import type { LocaleText } from './locale-text.js';
import type { LocaleSegment } from './reading-order.policy.js';
import { sameSegments } from './targets.policy.js';
import { changeTexts, replaceOwnSegments } from './translation.repository.js';

/**
 * Writes the next revision of a locale.
 *
 * @param segments all segments, those of the original first; without a text and not omitted: missing
 * @returns whether anything changed; if nothing did, there is no new revision
 */
export async function writeText(
  manager: EntityManager,
  text: LocaleText,
  segments: readonly LocaleSegment[],
  authorship: Authorship,
): Promise<boolean> {
  if (sameSegments(text.segments, segments)) return false;
  const revision = await beginRevision(manager, text, text.revision, authorship);
  const own = segments.filter((segment) => segment.own);
  const ownBefore = text.segments.filter((segment) => segment.own);
  const ownMoved = !sameSegments(ownBefore, own);
  if (ownMoved) await replaceOwnSegments(manager, text, own);
  const before = new Map(text.segments.map((segment) => [segment.key, segment]));
  const changed = segments.filter((segment) => {
    if (segment.own) return ownMoved;
    return !sameSegments([before.get(segment.key) ?? segment], [segment]);
  });
  await changeTexts(manager, text, changed);
  await recordText(manager, text.releaseId, text.locale, revision, authorship);
  return true;
}
