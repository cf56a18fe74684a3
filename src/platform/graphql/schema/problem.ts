import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';

import {
  Invalid,
  type Refusal,
  RevisionMoved,
  type SegmentConflict,
  StepImpossible,
} from '../../../kernel/refusal.js';
import type { TranslationState } from '../../../kernel/workflow.js';
import { TranslationStateEnum } from './enums.js';
import type { RequestContext } from '../execution/request-context.js';
import { Size } from '../limits/list-size.js';

@InterfaceType('Problem', {
  description:
    'An expected failure of a mutation, which the caller can correct. Unexpected ones are errors of the response.',
  autoRegisterImplementations: false,
})
export abstract class Problem {
  @Field(() => String, {
    description:
      'Stable code for programs, the same as reason in the errors of a response: TEXT_TOO_LONG.',
  })
  code: string;

  @Field(() => String, { description: 'Text for people, in the language of the caller.' })
  message: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'Place in the input of the mutation: ["segments", "2", "text"]; null if the problem concerns no single field.',
  })
  path: readonly string[] | null;
}

@ObjectType('SegmentConflict', {
  description:
    'A segment that two people changed at the same time, with the three texts that a merge needs.',
})
export class SegmentConflictType implements SegmentConflict {
  @Field(() => String, { description: 'Key of the segment, or of the catalog entry.' })
  key: string;

  @Field(() => String, {
    nullable: true,
    description: 'Text in the revision that the caller edited; null if there was none.',
  })
  base: string | null;

  @Field(() => String, { nullable: true, description: 'Text now; null if it was removed.' })
  theirs: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Text that the caller sent; null if the call carried none (a workflow step, a confirmation).',
  })
  yours: string | null;

  @Field(() => Boolean, {
    description: 'true if the source is no longer the one that the caller translated.',
  })
  sourceChanged: boolean;
}

@ObjectType('RevisionConflict', {
  description:
    'Someone else saved first, or the source has changed. None of the changes in the call were saved.',
  implements: Problem,
})
export class RevisionConflict extends Problem {
  @Field(() => Int, {
    description: 'Revision to base the next attempt on; 0 if there is no text yet.',
  })
  currentRevision: number;

  @Size(1)
  @Field(() => [SegmentConflictType], {
    description: 'The segments concerned; empty if only the revision differs.',
  })
  conflicts: readonly SegmentConflict[];
}

@ObjectType('ValidationProblem', {
  description: 'The input is invalid in itself, or does not fit the data it refers to.',
  implements: Problem,
})
export class ValidationProblem extends Problem {}

@ObjectType('TransitionProblem', {
  description: 'The workflow does not allow this step from the present state.',
  implements: Problem,
})
export class TransitionProblem extends Problem {
  @Field(() => TranslationStateEnum, { description: 'Present state of the translation.' })
  from: TranslationState;

  @Field(() => [TranslationStateEnum], { description: 'States that can be reached from it.' })
  allowed: readonly TranslationState[];
}

/**
 * A refusal as a member of a result union, in the caller's language.
 *
 * @throws the refusal itself, if this union has no type for it
 */
export function problemOf(context: RequestContext, refusal: Refusal): Problem {
  const { reason, vars, path } = refusal;
  const common = { code: reason, message: context.caller.text(`errors:${reason}`, vars), path };
  if (refusal instanceof RevisionMoved) {
    const { currentRevision, conflicts } = refusal;
    return Object.assign(new RevisionConflict(), { ...common, currentRevision, conflicts });
  }
  if (refusal instanceof StepImpossible) {
    const { from, allowed } = refusal;
    return Object.assign(new TransitionProblem(), { ...common, from, allowed });
  }
  if (refusal instanceof Invalid) return Object.assign(new ValidationProblem(), common);
  throw refusal;
}
