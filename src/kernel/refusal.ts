import { AppError, type ErrorReason, type ErrorVariables } from './errors.js';
import type { TranslationState } from './workflow.js';

/**
 * An outcome that the caller can correct, returned as data instead of an error. Throwing it rolls back the transaction:
 * nothing of the call is written.
 */
export abstract class Refusal extends AppError {
  /** The path in the input, from its root: `['segments', '2', 'text']`. */
  readonly path: readonly string[] | null = null;
}

/** The input is invalid, or inconsistent with the stored data. */
export class Invalid extends Refusal {
  override readonly path: readonly string[] | null;

  constructor(reason: ErrorReason, vars: ErrorVariables = {}, path: readonly string[] = []) {
    super(reason, vars);
    this.path = path.length > 0 ? path : null;
  }
}

/** A segment that two people changed, or whose source has changed. */
export interface SegmentConflict {
  readonly key: string;
  /** The text that both started from. */
  readonly base: string | null;
  /** The current text. */
  readonly theirs: string | null;
  /** The text that the caller submitted; null if the call contained none. */
  readonly yours: string | null;
  readonly sourceChanged: boolean;
}

/** Someone else saved first, or the source has changed. */
export class RevisionMoved extends Refusal {
  constructor(
    readonly currentRevision: number,
    readonly conflicts: readonly SegmentConflict[] = [],
  ) {
    super('REVISION_MOVED');
  }
}

/** The step is not possible from the current state. */
export class StepImpossible extends Refusal {
  constructor(
    readonly from: TranslationState,
    readonly allowed: readonly TranslationState[],
  ) {
    super('STEP_IMPOSSIBLE');
  }
}
