import { ArgsType, Field } from 'type-graphql';

import type { Coherence } from '../../../kernel/localization.js';
import { CoherenceEnum } from './enums.js';
import type { ReaderArguments } from './in-context.js';
import { CountryCode, LanguageTag } from './scalars.js';

/** The reader for whom a localized field is resolved. Each argument may be null, which means absent. */
@ArgsType()
export class ReaderArgs implements ReaderArguments {
  @Field(() => [LanguageTag], {
    nullable: true,
    description:
      'Language tags in order of preference, each matched to a locale by CLDR. Omitted: those of @inContext, else of Accept-Language.',
  })
  languages?: string[] | null;

  @Field(() => CountryCode, {
    nullable: true,
    description: 'Member state whose rules apply. Omitted: the audience of @inContext, else none.',
  })
  audience?: string | null;

  @Field(() => CoherenceEnum, {
    nullable: true,
    description:
      'Whether gaps may be filled from other locales. Omitted: that of @inContext, else RELEASE.',
  })
  coherence?: Coherence | null;
}

@ArgsType()
export class LanguagesArgs implements ReaderArguments {
  @Field(() => [LanguageTag], {
    nullable: true,
    description:
      'Language tags in order of preference, each matched to a locale by CLDR. Omitted: those of @inContext, else of Accept-Language.',
  })
  languages?: string[] | null;
}
