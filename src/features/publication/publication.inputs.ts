import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { CountryCode } from '../../platform/graphql/schema/scalars.js';

@InputType('WaiverInput', {
  description: 'Allows an edition although a rule is not met. A missing title cannot be waived.',
})
export class WaiverInput {
  @Field(() => CountryCode, {
    nullable: true,
    description: 'State whose rule is waived; null or omitted for every rule of the locale.',
  })
  audience?: string | null;

  @Field(() => LocaleEnum, { description: 'Locale whose rules are waived.' })
  locale: Locale;

  @Field(() => String, { description: 'Why, in 1 to 1,000 characters; recorded in the history.' })
  reason: string;
}

@InputType('CorrectionNoteInput', {
  description: 'What a correction changed, in words for readers.',
})
export class CorrectionNoteInput {
  @Field(() => LocaleEnum, {
    description:
      'Language of the note; a second note in the same one is a ValidationProblem with code LOCALE_TWICE. It need not be one that the edition replaces: readers without a note in the language of their text get another one, marked as a fallback.',
  })
  locale: Locale;

  @Field(() => String, {
    description:
      'Plain text of 1 to 500 characters, not counting spaces at its ends. An empty, longer or unprintable one is a ValidationProblem with code CORRECTION_NOTE_UNUSABLE.',
  })
  text: string;
}

@InputType('PublishInput', {
  description:
    'An edition to publish or schedule. It is a full snapshot: locales not named are carried over from the last edition, and the original is always part of it.',
})
export class PublishInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => [LocaleEnum], {
    nullable: true,
    description:
      'Locales to publish in their approved text; null or omitted for every approved one.',
  })
  locales?: Locale[] | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Instant of publication; null, omitted or past for now. More than five years ahead is a ValidationProblem with code SCHEDULE_TOO_FAR. Until then readers see nothing of the edition. It has the texts that are approved when it is scheduled, except those published in a newer revision meanwhile, and the facts of the release at that instant. If the rules are not met then, it is held back. A new schedule replaces the former one of the release.',
  })
  at?: Date | null;

  @Field(() => [WaiverInput], {
    nullable: true,
    description: 'Rules that may stay unmet; none by default.',
  })
  waivers?: WaiverInput[] | null;

  @Field(() => [CorrectionNoteInput], {
    nullable: true,
    description:
      'What the edition corrects, for readers: LocalizedRelease.corrections. At most one note for each locale; none by default. If the edition replaces no words that are public, it is a ValidationProblem with code CORRECTION_REPLACES_NOTHING. A scheduled edition publishes its notes at its instant; they are dropped if it replaces nothing by then.',
  })
  correctionNotes?: CorrectionNoteInput[] | null;
}

@InputType('RetractInput', {
  description: 'A release, or translations of it, to retract.',
})
export class RetractInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => [LocaleEnum], {
    nullable: true,
    description:
      'Translations to retract; null or omitted for the whole release. The original cannot be retracted alone.',
  })
  locales?: Locale[] | null;

  @Field(() => String, {
    description:
      'Why, in 1 to 1,000 characters, not counting spaces at its ends; recorded in the history of each retracted text, which only staff see. An empty, longer or unprintable one is a ValidationProblem with code REASON_UNUSABLE.',
  })
  reason: string;
}
