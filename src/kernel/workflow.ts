/** The state of a text in the workflow; publication is separate. */
export const TRANSLATION_STATES = [
  'NOT_STARTED',
  'DRAFT',
  'IN_REVIEW',
  'CHANGES_REQUESTED',
  'APPROVED',
] as const;
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** The states that a row can have: a text that is not started has no row. */
export type StartedState = Exclude<TranslationState, 'NOT_STARTED'>;

/** The steps of the workflow, except publishing. */
export type WorkflowStep = 'SAVE' | 'SUBMIT' | 'APPROVE' | 'REQUEST_CHANGES';

type Transitions = Readonly<Partial<Record<TranslationState, StartedState>>>;

/**
 * Every possible step, and the state it leads to. A text with requested changes stays in that state until it is
 * submitted again; saving in any other state resets it to DRAFT, including an approved one.
 */
export const TRANSITIONS = {
  SAVE: {
    NOT_STARTED: 'DRAFT',
    DRAFT: 'DRAFT',
    IN_REVIEW: 'DRAFT',
    CHANGES_REQUESTED: 'CHANGES_REQUESTED',
    APPROVED: 'DRAFT',
  },
  SUBMIT: { DRAFT: 'IN_REVIEW', CHANGES_REQUESTED: 'IN_REVIEW' },
  APPROVE: { IN_REVIEW: 'APPROVED' },
  REQUEST_CHANGES: { IN_REVIEW: 'CHANGES_REQUESTED', APPROVED: 'CHANGES_REQUESTED' },
} as const satisfies Record<WorkflowStep, Transitions>;

/** The state after a step; null if the step is not possible. */
export function stateAfter(step: WorkflowStep, from: TranslationState): StartedState | null {
  const transitions: Transitions = TRANSITIONS[step];
  return transitions[from] ?? null;
}

/** The states that a text can reach from here, in the order of the workflow. */
export function statesReachable(from: TranslationState): TranslationState[] {
  const steps = Object.keys(TRANSITIONS) as WorkflowStep[];
  const found = new Set<TranslationState | null>(steps.map((step) => stateAfter(step, from)));
  return TRANSLATION_STATES.filter((state) => found.has(state) && state !== from);
}
