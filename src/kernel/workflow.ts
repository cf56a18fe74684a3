/** Where a text stands; publication is no state of it. */
export const TRANSLATION_STATES = [
  'NOT_STARTED',
  'DRAFT',
  'IN_REVIEW',
  'CHANGES_REQUESTED',
  'APPROVED',
] as const;
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** The states that a row can have: what is not started has none. */
export type StartedState = Exclude<TranslationState, 'NOT_STARTED'>;

/** What can be done to a text, apart from publishing it. */
export type WorkflowStep = 'SAVE' | 'SUBMIT' | 'APPROVE' | 'REQUEST_CHANGES';

type Transitions = Readonly<Partial<Record<TranslationState, StartedState>>>;

/**
 * Every step that is possible, and where it leads. A text that was returned stays so until it is handed in again; to
 * write in any other puts it back to DRAFT, an approved one too.
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

/** The state that a step leads to; null where it is not possible. */
export function stateAfter(step: WorkflowStep, from: TranslationState): StartedState | null {
  const transitions: Transitions = TRANSITIONS[step];
  return transitions[from] ?? null;
}

/** The states that a text can be brought to from here, in the order of the workflow. */
export function statesReachable(from: TranslationState): TranslationState[] {
  const steps = Object.keys(TRANSITIONS) as WorkflowStep[];
  const found = new Set<TranslationState | null>(steps.map((step) => stateAfter(step, from)));
  return TRANSLATION_STATES.filter((state) => found.has(state) && state !== from);
}
