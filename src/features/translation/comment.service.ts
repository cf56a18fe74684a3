import type { EntityManager } from 'typeorm';

import { Invalid } from '../../kernel/refusal.js';
import { ReleaseEntity } from '../release/index.js';
import { checkedComment } from './comment.policy.js';
import { insertComment, markResolved, type NewComment } from './comment.repository.js';
import { hasEverHad } from './history.repository.js';
import { isKey } from './targets.policy.js';

/**
 * Adds a comment to a text or to one of its segments, also to a removed one.
 *
 * @returns its id
 * @throws Invalid NOT_FOUND, SEGMENT_UNKNOWN, TEXT_BLANK, TEXT_UNPRINTABLE, COMMENT_TOO_LONG
 */
export async function addComment(
  manager: EntityManager,
  comment: NewComment,
  by: string,
): Promise<string> {
  const { releaseId, segmentKey } = comment;
  const body = checkedComment(comment.body, ['body']);
  if (!(await manager.existsBy(ReleaseEntity, { id: releaseId }))) {
    throw new Invalid('NOT_FOUND', {}, ['releaseId']);
  }
  const isThere = async (key: string) => isKey(key) && (await hasEverHad(manager, comment, key));
  if (segmentKey !== null && !(await isThere(segmentKey))) {
    throw new Invalid('SEGMENT_UNKNOWN', { key: segmentKey.slice(0, 40) }, ['segmentKey']);
  }
  return insertComment(manager, { ...comment, body }, by);
}

/**
 * Marks a comment as resolved; a resolved one does not change.
 *
 * @throws Invalid NOT_FOUND
 */
export async function resolveComment(
  manager: EntityManager,
  id: string,
  by: string,
): Promise<void> {
  if (!(await markResolved(manager, id, by))) throw new Invalid('NOT_FOUND', {}, ['id']);
}
