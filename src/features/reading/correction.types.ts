import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { LocalizedText } from './localized.types.js';

@ObjectType('Correction', {
  description: 'What a correction changed, in words for readers.',
})
export class CorrectionType {
  @Field(() => Int, { description: 'Number of the edition that corrected the text.' })
  edition: number;

  @Field(() => GraphQLDateTime, { description: 'When that edition was published.' })
  at: Date;

  @Field(() => [LocaleEnum], {
    description:
      'Locales whose words the edition replaced, without those that are retracted; sorted by code.',
  })
  locales: readonly Locale[];

  @Field(() => LocalizedText, {
    description:
      'Plain text, in the locale of the corrected text. If there is no note in it: in another requested language, else in that of the original, else in another one; isFallback is then true unless that language was requested. The rules of an audience do not count here, so that a note changes only with its text.',
  })
  note: LocalizedText;
}
