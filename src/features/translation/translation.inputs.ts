import { Field, ID, InputType, Int } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { TextOrigin } from '../../kernel/release.js';
import { LocaleEnum, TextOriginEnum } from '../../platform/graphql/schema/enums.js';

@InputType('TargetInput', {
  description:
    'The text of one segment in one locale. For a segment of the original: key, sourceDigest, and text or omitted; with neither, its text is removed. For a segment of this locale only: a key of its own and text; without text it is removed.',
})
export class TargetInput {
  @Field(() => String, {
    description:
      'Key of the segment. A new segment of this locale only takes up to 40 lowercase letters, digits and hyphens, starting with a letter, which no other locale has used; title, summary, and b with a number are reserved.',
  })
  key: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Segment.sourceDigest as the translator saw it; required with text or omitted for a segment of the original.',
  })
  sourceDigest?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Translation as inline CommonMark, at most 20,000 characters, a title 600; null or omitted removes it.',
  })
  text?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true if the segment needs no text in this locale; false by default.',
  })
  omitted?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For a segment of this locale only: key of the segment it follows; several after the same one stand in the order given. Omitted: unchanged, or at the end for a new one.',
  })
  after?: string | null;
}

@InputType('SaveTranslationInput', {
  description: 'Segments to change in one locale; others stay as they are.',
})
export class SaveTranslationInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => LocaleEnum, {
    description: 'Language of the texts; the original is changed with reviseOriginal.',
  })
  locale: Locale;

  @Field(() => Int, {
    description:
      'Revision that the caller edited, from Translation.revision; 0 before the first text. If it is no longer the current one, nothing is saved and the result is a RevisionConflict.',
  })
  expectedRevision: number;

  @Field(() => TextOriginEnum, {
    nullable: true,
    description:
      'How these texts came about; HUMAN by default. The origin of an unchanged text does not change.',
  })
  origin?: TextOrigin | null;

  @Field(() => [TargetInput], { description: 'The segments that change, at most 500.' })
  segments: TargetInput[];
}

@InputType('ConfirmCurrentInput', {
  description: 'Texts that are still right although their source has changed.',
})
export class ConfirmCurrentInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => LocaleEnum, { description: 'Language of the texts.' })
  locale: Locale;

  @Field(() => Int, {
    description:
      'Revision that the caller edited, from Translation.revision; 0 before the first text. If it is no longer the current one, nothing is saved and the result is a RevisionConflict.',
  })
  expectedRevision: number;

  @Field(() => [String], { description: 'Keys of the segments to confirm, at most 500.' })
  keys: string[];

  @Field(() => [String], {
    nullable: 'itemsAndList',
    description:
      'Segment.sourceDigest of each key, in the order of keys. If a source has changed meanwhile, nothing is recorded and the result is a RevisionConflict. Omitted: the present sources are confirmed unseen.',
  })
  sourceDigests?: (string | null)[] | null;
}

@InputType('RestoreRevisionInput', {
  description: 'An earlier text of one locale to bring back.',
})
export class RestoreRevisionInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => LocaleEnum, { description: 'Locale to restore; others do not change.' })
  locale: Locale;

  @Field(() => Int, {
    description:
      'Revision that the caller edited, from Translation.revision; 0 before the first text. If it is no longer the current one, nothing is saved and the result is a RevisionConflict.',
  })
  expectedRevision: number;

  @Field(() => Int, {
    description: 'Revision with the text to bring back, from Translation.history.',
  })
  revision: number;
}
