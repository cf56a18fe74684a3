import type { EntityManager } from 'typeorm';

import { type Action, allows } from '../../kernel/access.js';
import { Invalid } from '../../kernel/refusal.js';
import { findGrants } from '../account/index.js';
import { lockRelease, type ReleaseEntity } from '../release/index.js';
import type { TextPlace } from './text-place.js';
import * as repository from './assignment.repository.js';

export interface AssignRequest extends TextPlace {
  /** null: nobody. */
  readonly assignee: string | null;
  /** null: no deadline. */
  readonly dueAt: Date | null;
}

/**
 * Assigns a locale to an account, with a deadline.
 *
 * @throws Invalid NOT_FOUND, ASSIGNEE_UNKNOWN, ASSIGNEE_UNFIT, DUE_PAST
 */
export async function assignTranslation(
  manager: EntityManager,
  request: AssignRequest,
): Promise<void> {
  const release = await lockRelease(manager, request.releaseId);
  if (!release) throw new Invalid('NOT_FOUND', {}, ['releaseId']);
  const before = await repository.findAssignment(manager, request);
  const { assignee, dueAt } = request;
  if (assignee !== null && assignee !== before?.assignee) {
    await refuseUnfit(manager, release, request.locale, assignee);
  }
  const sameDue = dueAt?.getTime() === before?.dueAt?.getTime();
  if (dueAt !== null && !sameDue && (await repository.isPast(manager, dueAt))) {
    throw new Invalid('DUE_PAST', {}, ['dueAt']);
  }
  if (assignee === null && dueAt === null) await repository.removeAssignment(manager, request);
  else await repository.writeAssignment(manager, request);
}

/** An original may be assigned to accounts that write originals or may revise this one. */
async function refuseUnfit(
  manager: EntityManager,
  { originalLocale }: ReleaseEntity,
  locale: TextPlace['locale'],
  assignee: string,
): Promise<void> {
  const grants = await findGrants(manager, assignee);
  if (grants === null) throw new Invalid('ASSIGNEE_UNKNOWN', {}, ['assigneeId']);
  const fit: readonly Action[] =
    locale === originalLocale ? ['WRITE_ORIGINAL', 'REVIEW'] : ['WRITE_TRANSLATION'];
  const account = { accountId: assignee, name: '', grants };
  if (!fit.some((action) => allows(account, action, locale))) {
    throw new Invalid('ASSIGNEE_UNFIT', {}, ['assigneeId']);
  }
}
