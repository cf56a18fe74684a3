import type { EntityManager } from 'typeorm';

import { Invalid } from '../../kernel/refusal.js';
import { refuseMoved } from './conflict.js';
import { openText, presentDigest, refuseOriginal, type TextPlace } from './locale-text.js';
import { MOST_TARGETS, shownKey } from './targets.policy.js';
import { writeText } from './text-writer.js';

export interface ConfirmRequest extends TextPlace {
  readonly expectedRevision: number;
  readonly keys: readonly string[];
}

/**
 * Records that texts are still right for their sources as these are now. The words are not edited, so the text stays
 * where it is in the workflow.
 *
 * @returns whether anything changed: what is current already is fine
 * @throws RevisionMoved; Invalid TARGET_MISSING, ORIGINAL_LOCALE, LIST_TOO_LONG, NOT_FOUND
 */
export async function confirmCurrent(
  manager: EntityManager,
  { keys, expectedRevision, ...place }: ConfirmRequest,
  by: string,
): Promise<boolean> {
  if (keys.length > MOST_TARGETS) {
    throw new Invalid('LIST_TOO_LONG', { argument: 'keys', max: MOST_TARGETS }, ['keys']);
  }
  const text = await openText(manager, place);
  refuseOriginal(text);
  const sent = keys.map((key) => ({ key, text: null, sourceDigest: null }));
  await refuseMoved(manager, text, expectedRevision, sent);
  for (const [index, key] of keys.entries()) {
    const segment = text.segments.find((one) => one.key === key);
    if (!segment || (segment.text === null && !segment.omitted)) {
      throw new Invalid('TARGET_MISSING', { key: shownKey(key) }, ['keys', String(index)]);
    }
  }
  if (text.state === null) return false;
  const segments = text.segments.map((segment) => {
    if (!keys.includes(segment.key)) return segment;
    return { ...segment, sourceDigest: presentDigest(text, segment) };
  });
  return writeText(manager, text, segments, { by, action: 'CONFIRMED', state: text.state });
}
