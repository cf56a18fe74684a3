import type { EntityManager } from 'typeorm';

import { Invalid, StepImpossible } from '../../kernel/refusal.js';
import { stateAfter, statesReachable, type WorkflowStep } from '../../kernel/workflow.js';
import type { RevisionAction } from '../release/index.js';
import { checkedComment } from './comment.policy.js';
import { refuseMoved } from './conflict.js';
import { authorsSinceApproval, recordStep } from './history.repository.js';
import { type LocaleText, openText } from './locale-text.js';
import type { TextPlace } from './text-place.js';
import { missingKeys } from './reading-order.policy.js';
import { setState } from './translation.repository.js';

export interface StepRequest extends TextPlace {
  readonly expectedRevision: number;
  /** For the history. */
  readonly comment: string | null;
}

export interface StepRules {
  /** Whether a reviser may approve a text that nobody else has written. */
  readonly ownApproval: boolean;
}

type Step = Exclude<WorkflowStep, 'SAVE'>;

const ACTION_OF: Record<Step, RevisionAction> = {
  SUBMIT: 'SUBMITTED',
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
};

/**
 * Submits a text for review, approves it or returns it. The text and its revision do not change.
 *
 * @throws RevisionMoved, StepImpossible
 * @throws Invalid INCOMPLETE, OWN_TEXT, COMMENT_MISSING, COMMENT_TOO_LONG, TEXT_UNPRINTABLE, NOT_FOUND
 */
export async function takeStep(
  manager: EntityManager,
  step: Step,
  { expectedRevision, comment, ...place }: StepRequest,
  by: string,
  rules: StepRules,
): Promise<void> {
  const checked =
    comment === null || comment.trim() === '' ? null : checkedComment(comment, ['comment']);
  const text = await openText(manager, place);
  await refuseMoved(manager, text, expectedRevision);
  const from = text.state ?? 'NOT_STARTED';
  const state = stateAfter(step, from);
  if (state === null) throw new StepImpossible(from, statesReachable(from));
  if (step === 'REQUEST_CHANGES' && checked === null) {
    throw new Invalid('COMMENT_MISSING', {}, ['comment']);
  }
  if (step !== 'REQUEST_CHANGES') refuseIncomplete(text);
  if (step === 'APPROVE' && !rules.ownApproval) await refuseOwnText(manager, place, by);
  await setState(manager, place, state);
  const note = { by, action: ACTION_OF[step], ...(checked !== null && { comment: checked }) };
  await recordStep(manager, place, text.revision, note);
}

function refuseIncomplete({ segments }: LocaleText): void {
  const missing = missingKeys(segments).length;
  if (missing > 0) throw new Invalid('INCOMPLETE', { count: missing });
}

/** Every change since the last approval needs a second person. */
async function refuseOwnText(
  manager: EntityManager,
  place: TextPlace,
  approver: string,
): Promise<void> {
  const authors = await authorsSinceApproval(manager, place);
  if (authors.length > 0 && authors.every((author) => author === approver)) {
    throw new Invalid('OWN_TEXT');
  }
}
