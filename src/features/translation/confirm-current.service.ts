import type { EntityManager } from 'typeorm';

import { Invalid } from '../../kernel/refusal.js';
import { movedSince, refuseMoved } from './conflict.js';
import { openText, presentDigest, refuseOriginal } from './locale-text.js';
import type { TextPlace } from './text-place.js';
import { MAX_TARGETS, shownKey } from './targets.policy.js';
import { writeText } from './text-writer.js';

export interface ConfirmRequest extends TextPlace {
  readonly expectedRevision: number;
  readonly keys: readonly string[];
  /** Of the sources that the caller saw, in the order of the keys; null: not sent. */
  readonly sourceDigests: readonly (string | null)[] | null;
}

/**
 * Records that texts are still right for their current sources. They are not edited, so the state of the workflow does
 * not change.
 *
 * @returns whether anything changed: a text that is current already is no error
 * @throws RevisionMoved; Invalid TARGET_MISSING, ORIGINAL_LOCALE, LIST_TOO_LONG, ARGUMENT_INVALID, NOT_FOUND
 */
export async function confirmCurrent(
  manager: EntityManager,
  { keys, sourceDigests, expectedRevision, ...place }: ConfirmRequest,
  by: string,
): Promise<boolean> {
  if (keys.length > MAX_TARGETS) {
    throw new Invalid('LIST_TOO_LONG', { argument: 'keys', max: MAX_TARGETS }, ['keys']);
  }
  if (sourceDigests && sourceDigests.length !== keys.length) {
    throw new Invalid('ARGUMENT_INVALID', { argument: 'sourceDigests' }, ['sourceDigests']);
  }
  const text = await openText(manager, place);
  refuseOriginal(text);
  const sent = keys.map((key, index) => {
    return { key, text: null, sourceDigest: sourceDigests?.[index] ?? null };
  });
  await refuseMoved(manager, text, expectedRevision, sent);
  for (const [index, key] of keys.entries()) {
    const segment = text.segments.find((one) => one.key === key);
    if (!segment || (segment.text === null && !segment.omitted)) {
      throw new Invalid('TARGET_MISSING', { key: shownKey(key) }, ['keys', String(index)]);
    }
  }
  if (text.state === null) return false;
  const isOther = sent.some(({ key, sourceDigest }) => {
    const segment = text.segments.find((one) => one.key === key);
    return sourceDigest !== null && segment && sourceDigest !== presentDigest(text, segment);
  });
  if (isOther) throw await movedSince(manager, text, expectedRevision, sent);
  const segments = text.segments.map((segment) => {
    if (!keys.includes(segment.key)) return segment;
    return { ...segment, sourceDigest: presentDigest(text, segment) };
  });
  return writeText(manager, text, segments, { by, action: 'CONFIRMED', state: text.state });
}
