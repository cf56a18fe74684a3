import type { EntityManager } from 'typeorm';

import { Invalid } from '../../kernel/refusal.js';
import { stateAfter } from '../../kernel/workflow.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { type Authorship, reviseOriginal } from '../release/index.js';
import { refuseMoved } from './conflict.js';
import { findText } from './history.repository.js';
import { type LocaleText, openText } from './locale-text.js';
import type { TextPlace } from './text-place.js';
import type { LocaleSegment } from './reading-order.policy.js';
import { writeText } from './text-writer.js';

export interface RestoreRequest extends TextPlace {
  readonly expectedRevision: number;
  /** The revision with the text to restore. */
  readonly revision: number;
}

/**
 * Saves the text of an earlier revision of one locale as a new revision; other locales do not change. Each text refers
 * to the source from which it was translated then. In a translation, segments that the original no longer has stay
 * removed; an original gets its own segments back, under their old keys.
 *
 * @returns whether anything changed
 * @throws RevisionMoved; Invalid REVISION_UNKNOWN, NOT_FOUND
 */
export async function restoreRevision(
  manager: EntityManager,
  { expectedRevision, revision, ...place }: RestoreRequest,
  by: string,
): Promise<boolean> {
  const text = await openText(manager, place);
  await refuseMoved(manager, text, expectedRevision);
  const found = await findText(queryableOf(manager), place, revision);
  if (found?.revision !== revision) {
    throw new Invalid('REVISION_UNKNOWN', { revision }, ['revision']);
  }
  const state = stateAfter('SAVE', text.state ?? 'NOT_STARTED') ?? 'DRAFT';
  const authorship: Authorship = { by, action: 'RESTORED', state };
  if (text.isOriginal) return restoreOriginal(manager, text, found.segments, authorship);
  return writeText(manager, text, restored(text.segments, found.segments), authorship);
}

/** Translations were made from another text, so it counts as a substantive change. */
async function restoreOriginal(
  manager: EntityManager,
  { release, original, revision }: LocaleText,
  segments: readonly LocaleSegment[],
  authorship: Authorship,
): Promise<boolean> {
  const drafts = segments.map(({ key, kind, text }) => ({ key, kind, text: text ?? '' }));
  return reviseOriginal(
    manager,
    { release, segments: original },
    { expectedRevision: revision, change: 'SUBSTANTIVE', segments: drafts },
    authorship,
  );
}

function restored(
  present: readonly LocaleSegment[],
  wanted: readonly LocaleSegment[],
): LocaleSegment[] {
  const texts = new Map(wanted.map((segment) => [segment.key, segment]));
  const shared = present
    .filter(({ own }) => !own)
    .map((segment): LocaleSegment => {
      const {
        text = null,
        omitted = false,
        sourceDigest = null,
        origin = null,
      } = texts.get(segment.key) ?? {};
      return { ...segment, text, omitted, sourceDigest, origin };
    });
  return [...shared, ...wanted.filter(({ own }) => own)];
}
