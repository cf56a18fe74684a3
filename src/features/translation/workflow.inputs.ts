import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';

@InputType('TranslationStepInput', {
  description: 'A step in the workflow of one text.',
})
export class TranslationStepInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => LocaleEnum, { description: 'Locale of the text.' })
  locale: Locale;

  @Field(() => Int, {
    description:
      'Revision that the caller edited, from Translation.revision; 0 before the first text. If it is no longer the current one, nothing is saved and the result is a RevisionConflict.',
  })
  expectedRevision: number;

  @Field(() => String, {
    nullable: true,
    description: 'Plain text for the history; required by requestChanges.',
  })
  comment?: string | null;
}

@InputType('AssignInput', {
  description: 'Who writes a text, and by when. Both values are set: null clears one.',
})
export class AssignInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => LocaleEnum, { description: 'Locale of the text.' })
  locale: Locale;

  @Field(() => ID, {
    nullable: true,
    description:
      'Global id of an Account that has been used here and may write in this locale; null clears it.',
  })
  assigneeId?: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Deadline, in the future; null clears it.',
  })
  dueAt?: Date | null;
}
