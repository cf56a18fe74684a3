import { allows } from '../../kernel/access.js';
import type { Node } from '../../platform/graphql/schema/node.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { findComment } from './comments.sql.js';
import type { EditorialSessions } from './editorial-session.js';
import { findCommentId, findReleaseId, findTranslationId } from './ids.js';
import { commentNode, editorialReleaseNode, translationNode } from './nodes.js';

/** A thing of the authoring side by its id; for whoever is no staff there is none. */
export async function findStaffNode(
  sessions: EditorialSessions,
  context: RequestContext,
  id: string,
): Promise<Node | null> {
  if (!context.viewer || !allows(context.viewer, 'READ_WORK')) return null;
  const comment = findCommentId(id);
  if (comment !== null) {
    const record = await findComment(sessions.of(context).snapshot, comment);
    return record && commentNode(record);
  }
  const translation = findTranslationId(id);
  const releaseId = translation?.releaseId ?? findReleaseId(id);
  if (releaseId === null) return null;
  const record = await sessions.of(context).release.load(releaseId);
  if (!record) return null;
  if (!translation) return editorialReleaseNode(record);
  const found = record.translations.find(({ locale }) => locale === translation.locale);
  return found ? translationNode(found) : null;
}
