import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/enums.js';
import {
  Problem,
  RevisionConflict,
  TransitionProblem,
  ValidationProblem,
} from '../../platform/graphql/problem.js';
import {
  CommentType,
  EditorialReleaseType,
  PublicationReadinessType,
  TranslationType,
} from './editorial.types.js';

@ObjectType('NotReadyProblem', {
  description: 'Publishing would break a rule for some audience; each unmet rule is listed.',
  implements: Problem,
})
export class NotReadyProblem extends Problem {
  @Field(() => PublicationReadinessType)
  readiness: PublicationReadinessType;
}

@ObjectType('ReleasePayload', { description: 'The release as it now is.' })
export class ReleasePayload {
  @Field(() => EditorialReleaseType)
  release: EditorialReleaseType;
}

@ObjectType('TranslationPayload', { description: 'The translation as it now is.' })
export class TranslationPayload {
  @Field(() => TranslationType)
  translation: TranslationType;
}

@ObjectType('EditionPayload', {
  description:
    'locales: newly published, replaced or taken back by this edition. edition is null while it is only scheduled.',
})
export class EditionPayload {
  @Field(() => EditorialReleaseType)
  release: EditorialReleaseType;

  @Field(() => Int, { nullable: true })
  edition: number | null;

  @Field(() => [LocaleEnum])
  locales: readonly Locale[];

  @Field(() => GraphQLDateTime, { nullable: true })
  publishedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  scheduledFor: Date | null;
}

@ObjectType('CommentPayload', { description: 'The comment as it now is.' })
export class CommentPayload {
  @Field(() => CommentType)
  comment: CommentType;
}

export const CreateReleaseResult = createUnionType({
  name: 'CreateReleaseResult',
  types: () => [ReleasePayload, ValidationProblem] as const,
});

export const UpdateReleaseResult = createUnionType({
  name: 'UpdateReleaseResult',
  types: () => [ReleasePayload, RevisionConflict, ValidationProblem] as const,
});

export const ReviseOriginalResult = createUnionType({
  name: 'ReviseOriginalResult',
  types: () => [ReleasePayload, RevisionConflict, ValidationProblem] as const,
});

export const SaveTranslationResult = createUnionType({
  name: 'SaveTranslationResult',
  types: () => [TranslationPayload, RevisionConflict, ValidationProblem] as const,
});

export const TranslationStepResult = createUnionType({
  name: 'TranslationStepResult',
  types: () =>
    [TranslationPayload, RevisionConflict, TransitionProblem, ValidationProblem] as const,
});

export const PublishResult = createUnionType({
  name: 'PublishResult',
  types: () => [EditionPayload, NotReadyProblem, ValidationProblem] as const,
});

export const CommentResult = createUnionType({
  name: 'CommentResult',
  types: () => [CommentPayload, ValidationProblem] as const,
});
