import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { TextOrigin } from '../../kernel/release.js';
import { LocaleEnum, TextOriginEnum } from '../../platform/graphql/enums.js';

@InputType('TargetInput', {
  description:
    'A segment of the original: key, sourceDigest and text, or omitted; without a text and not omitted, it has none any more. A segment of this locale alone: a key of its own, text, and after which segment it stands; without a text it is removed.',
})
export class TargetInput {
  @Field(() => String, {
    description:
      'For a new segment of this locale alone: up to 40 lowercase letters, digits and hyphens, beginning with a letter, that no other locale has used; title, summary and b with a number are reserved.',
  })
  key: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Segment.sourceDigest, as the writer saw it. Must be given with the text of a segment of the original, or where it is omitted.',
  })
  sourceDigest?: string | null;

  @Field(() => String, { nullable: true, description: 'Inline CommonMark.' })
  text?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Left out on purpose: the segment needs no text in this locale.',
  })
  omitted?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only for a segment of this locale alone: the key that it stands after; several after the same one stand in the order given. null: where it is; a new one at the end.',
  })
  after?: string | null;
}

@InputType('SaveTranslationInput', {
  description: 'The segments that change, at most 500; the others stay as they are.',
})
export class SaveTranslationInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Int, { description: 'Translation.revision, as the writer saw it.' })
  expectedRevision: number;

  @Field(() => TextOriginEnum, {
    nullable: true,
    description: 'Of these texts; default HUMAN. A text that stays as it is keeps its own.',
  })
  origin?: TextOrigin | null;

  @Field(() => [TargetInput])
  segments: TargetInput[];
}

@InputType('ConfirmCurrentInput', {
  description: 'Texts that are still right although their source has changed.',
})
export class ConfirmCurrentInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Int)
  expectedRevision: number;

  @Field(() => [String], { description: 'The segments whose text is still right; at most 500.' })
  keys: string[];

  @Field(() => [String], {
    nullable: 'itemsAndList',
    description:
      'Segment.sourceDigest of each, as the caller saw it, in the order of keys. Where one has moved, nothing is recorded and the answer is a RevisionConflict: give them, so that nobody confirms a source that they have not read.',
  })
  sourceDigests?: (string | null)[] | null;
}

@InputType('RestoreRevisionInput', {
  description: 'An earlier text of one locale that is to be its text again.',
})
export class RestoreRevisionInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Int)
  expectedRevision: number;

  @Field(() => Int, { description: 'The one whose text is wanted back.' })
  revision: number;
}

@InputType('TranslationStepInput', {
  description: 'A text, as the caller saw it, that is to be brought into another state.',
})
export class TranslationStepInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Int)
  expectedRevision: number;

  @Field(() => String, {
    nullable: true,
    description: 'Goes into the history. requestChanges needs one.',
  })
  comment?: string | null;
}

@InputType('AssignInput', { description: 'What is null is taken away.' })
export class AssignInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => ID, {
    nullable: true,
    description: 'An Account that has worked here and may write in this locale.',
  })
  assigneeId?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  dueAt?: Date | null;
}

@InputType('CommentInput', { description: 'A remark on a text or on one of its segments.' })
export class CommentInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => String, {
    nullable: true,
    description: 'Of a segment that this locale has or once had. null: of the whole text.',
  })
  segmentKey?: string | null;

  @Field(() => String, { description: 'Plain text, up to 10,000 characters.' })
  body: string;
}
