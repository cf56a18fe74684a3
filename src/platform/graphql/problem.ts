import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';

import {
  Invalid,
  type Refusal,
  RevisionMoved,
  type SegmentConflict,
  StepImpossible,
} from '../../kernel/refusal.js';
import type { TranslationState } from '../../kernel/workflow.js';
import { TranslationStateEnum } from './enums.js';
import type { RequestContext } from './request-context.js';

@InterfaceType('Problem', {
  description: "Something the caller can put right. message is in the caller's language.",
  autoRegisterImplementations: false,
})
export abstract class Problem {
  @Field(() => String, { description: 'What a program switches on.' })
  code: string;

  @Field(() => String)
  message: string;

  @Field(() => [String], {
    nullable: true,
    description: "The place in the mutation's input: segments, 2, text.",
  })
  path: readonly string[] | null;
}

@ObjectType('SegmentConflict', {
  description:
    'yours is null where the call carried no text (a workflow step, a confirmation). theirs is the text as it is now, base as it was in the revision quoted.',
})
export class SegmentConflictType implements SegmentConflict {
  @Field(() => String)
  key: string;

  @Field(() => String, { nullable: true })
  base: string | null;

  @Field(() => String, { nullable: true })
  theirs: string | null;

  @Field(() => String, { nullable: true })
  yours: string | null;

  @Field(() => Boolean)
  sourceChanged: boolean;
}

@ObjectType('RevisionConflict', {
  description: 'Someone else saved first. Nothing of yours was written.',
  implements: Problem,
})
export class RevisionConflict extends Problem {
  @Field(() => Int, { description: '0 where nothing is written yet.' })
  currentRevision: number;

  @Field(() => [SegmentConflictType])
  conflicts: readonly SegmentConflict[];
}

@ObjectType('ValidationProblem', {
  description: 'The input is wrong, or does not go with what is there.',
  implements: Problem,
})
export class ValidationProblem extends Problem {}

@ObjectType('TransitionProblem', {
  description: 'The step is not possible from the present state.',
  implements: Problem,
})
export class TransitionProblem extends Problem {
  @Field(() => TranslationStateEnum)
  from: TranslationState;

  @Field(() => [TranslationStateEnum])
  allowed: readonly TranslationState[];
}

/**
 * A refusal as a member of a result union, in the caller's language.
 *
 * @throws the refusal itself, where it is of a kind that this union does not have
 */
export function problemOf(context: RequestContext, refusal: Refusal): Problem {
  const { reason, vars, path } = refusal;
  const common = { code: reason, message: context.text(`errors:${reason}`, vars), path };
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
