import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import {
  Problem,
  RevisionConflict,
  TransitionProblem,
  ValidationProblem,
} from '../../platform/graphql/schema/problem.js';
import {
  EditorialReleaseType,
  PublicationReadinessType,
  TranslationType,
} from './editorial.types.js';
import { CommentType } from './history.types.js';

@ObjectType('NotReadyProblem', {
  description: 'The edition would break a blocking rule; nothing was published or scheduled.',
  implements: Problem,
})
export class NotReadyProblem extends Problem {
  @Field(() => PublicationReadinessType, {
    description: 'All unmet rules, as publicationReadiness returns them.',
  })
  readiness: PublicationReadinessType;
}

@ObjectType('ReleasePayload', { description: 'Result of a change to a release.' })
export class ReleasePayload {
  @Field(() => EditorialReleaseType, { description: 'The release after the change.' })
  release: EditorialReleaseType;
}

@ObjectType('TranslationPayload', {
  description: 'Result of a change to a text or of a workflow step.',
})
export class TranslationPayload {
  @Field(() => TranslationType, { description: 'The translation after the change.' })
  translation: TranslationType;
}

@ObjectType('EditionPayload', {
  description: 'Result of publishing, scheduling or retracting.',
})
export class EditionPayload {
  @Field(() => EditorialReleaseType, { description: 'The release after the change.' })
  release: EditorialReleaseType;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of the edition; null while it is scheduled only.',
  })
  edition: number | null;

  @Field(() => [LocaleEnum], {
    description:
      'Locales that this edition publishes, replaces or retracts; empty if readers had the same already.',
  })
  locales: readonly Locale[];

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the edition was published; null while it is scheduled only.',
  })
  publishedAt: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Instant for which it is scheduled; null if it was published at once.',
  })
  scheduledFor: Date | null;
}

@ObjectType('CommentPayload', { description: 'Result of addComment and resolveComment.' })
export class CommentPayload {
  @Field(() => CommentType, { description: 'The comment after the change.' })
  comment: CommentType;
}

export const CreateReleaseResult = createUnionType({
  name: 'CreateReleaseResult',
  description: 'Outcome of createRelease: ValidationProblem if the input is invalid.',
  types: () => [ReleasePayload, ValidationProblem] as const,
});

export const UpdateReleaseResult = createUnionType({
  name: 'UpdateReleaseResult',
  description:
    'Outcome of updateRelease: RevisionConflict if someone else changed the facts first, ValidationProblem if the input is invalid.',
  types: () => [ReleasePayload, RevisionConflict, ValidationProblem] as const,
});

export const ReviseOriginalResult = createUnionType({
  name: 'ReviseOriginalResult',
  description:
    'Outcome of reviseOriginal: RevisionConflict if someone else changed the original first, ValidationProblem if the input is invalid.',
  types: () => [ReleasePayload, RevisionConflict, ValidationProblem] as const,
});

export const SaveTranslationResult = createUnionType({
  name: 'SaveTranslationResult',
  description:
    'Outcome of a change to a text: RevisionConflict if it or its source was changed first, ValidationProblem if the input is invalid.',
  types: () => [TranslationPayload, RevisionConflict, ValidationProblem] as const,
});

export const TranslationStepResult = createUnionType({
  name: 'TranslationStepResult',
  description:
    'Outcome of a workflow step: RevisionConflict if the text was changed first, TransitionProblem if its state does not allow the step, ValidationProblem if the input is invalid.',
  types: () =>
    [TranslationPayload, RevisionConflict, TransitionProblem, ValidationProblem] as const,
});

export const PublishResult = createUnionType({
  name: 'PublishResult',
  description:
    'Outcome of publishing, scheduling and retracting: NotReadyProblem if a rule blocks the edition, ValidationProblem if the input is invalid.',
  types: () => [EditionPayload, NotReadyProblem, ValidationProblem] as const,
});

export const CommentResult = createUnionType({
  name: 'CommentResult',
  description: 'Outcome of a change to a comment: ValidationProblem if the input is invalid.',
  types: () => [CommentPayload, ValidationProblem] as const,
});
