import { AppError, type ErrorReason, type ErrorVariables } from './errors.js';
import type { TranslationState } from './workflow.js';

/**
 * An outcome that the caller can put right, as data and not as a fault. Thrown, it ends the transaction: nothing of
 * the call is written.
 */
export abstract class Refusal extends AppError {
  /** The place in the input, from its root: `['segments', '2', 'text']`. */
  readonly path: readonly string[] | null = null;
}

/** The input is wrong, or does not go with what is there. */
export class Invalid extends Refusal {
  override readonly path: readonly string[] | null;

  constructor(reason: ErrorReason, vars: ErrorVariables = {}, path: readonly string[] = []) {
    super(reason, vars);
    this.path = path.length > 0 ? path : null;
  }
}

/** One unit of text that two people wrote, or whose source is another one now. */
export interface SegmentConflict {
  readonly key: string;
  /** As both found it. */
  readonly base: string | null;
  /** As it is now. */
  readonly theirs: string | null;
  /** As the caller would have it; null where the call carried no text. */
  readonly yours: string | null;
  readonly sourceChanged: boolean;
}

/** Someone else saved first, or the source moved. */
export class RevisionMoved extends Refusal {
  constructor(
    readonly currentRevision: number,
    readonly conflicts: readonly SegmentConflict[] = [],
  ) {
    super('REVISION_MOVED');
  }
}

/** The step is not possible from the present state. */
export class StepImpossible extends Refusal {
  constructor(
    readonly from: TranslationState,
    readonly allowed: readonly TranslationState[],
  ) {
    super('STEP_IMPOSSIBLE');
  }
}
