import { allows } from '../../kernel/access.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { Node } from '../../platform/graphql/schema/node.js';
import {
  type EditorialLoaders,
  editorialReleaseNode,
  findReleaseId,
  type LoadersBySnapshot,
} from '../release/index.js';
import { findCommentNode, findTranslationPlace, localeNode } from '../translation/index.js';

/** A node of the authoring side by its global id; null for a caller who is not staff. */
export async function findStaffNode(
  loaders: LoadersBySnapshot<EditorialLoaders>,
  context: RequestContext,
  id: string,
): Promise<Node | null> {
  if (!context.caller.viewer || !allows(context.caller.viewer, 'READ_WORK')) return null;
  const comment = await findCommentNode(context.staffSnapshot(), id);
  if (comment) return comment;
  const translation = findTranslationPlace(id);
  const releaseId = translation?.releaseId ?? findReleaseId(id);
  if (releaseId === null) return null;
  const record = await loaders.of(context).release.load(releaseId);
  if (!record) return null;
  return translation ? localeNode(record, translation.locale) : editorialReleaseNode(record);
}
