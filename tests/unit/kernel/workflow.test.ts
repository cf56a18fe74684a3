import { describe, expect, it } from '@jest/globals';

import {
  stateAfter,
  statesReachable,
  TRANSLATION_STATES,
  type TranslationState,
  type WorkflowStep,
} from '../../../src/kernel/workflow.js';

/** Every step from every state; a dash where it is not possible. */
const TABLE: Record<WorkflowStep, Record<TranslationState, TranslationState | '-'>> = {
  SAVE: {
    NOT_STARTED: 'DRAFT',
    DRAFT: 'DRAFT',
    IN_REVIEW: 'DRAFT',
    CHANGES_REQUESTED: 'CHANGES_REQUESTED',
    APPROVED: 'DRAFT',
  },
  SUBMIT: {
    NOT_STARTED: '-',
    DRAFT: 'IN_REVIEW',
    IN_REVIEW: '-',
    CHANGES_REQUESTED: 'IN_REVIEW',
    APPROVED: '-',
  },
  APPROVE: {
    NOT_STARTED: '-',
    DRAFT: '-',
    IN_REVIEW: 'APPROVED',
    CHANGES_REQUESTED: '-',
    APPROVED: '-',
  },
  REQUEST_CHANGES: {
    NOT_STARTED: '-',
    DRAFT: '-',
    IN_REVIEW: 'CHANGES_REQUESTED',
    CHANGES_REQUESTED: '-',
    APPROVED: 'CHANGES_REQUESTED',
  },
};

const rows = (Object.keys(TABLE) as WorkflowStep[]).flatMap((step) => {
  return TRANSLATION_STATES.map((from) => [step, from, TABLE[step][from]] as const);
});

describe('the workflow', () => {
  it.each(rows)('%s from %s leads to %s', (step, from, to) => {
    expect(stateAfter(step, from) ?? '-').toBe(to);
  });

  it.each<[TranslationState, TranslationState[]]>([
    ['NOT_STARTED', ['DRAFT']],
    ['DRAFT', ['IN_REVIEW']],
    ['IN_REVIEW', ['DRAFT', 'CHANGES_REQUESTED', 'APPROVED']],
    ['CHANGES_REQUESTED', ['IN_REVIEW']],
    ['APPROVED', ['DRAFT', 'CHANGES_REQUESTED']],
  ])('from %s one gets to %j', (from, reachable) => {
    expect(statesReachable(from)).toEqual(reachable);
  });
});
