import { ArgsType, Field } from 'type-graphql';

import type { Coherence } from '../../kernel/localization.js';
import { CoherenceEnum } from './enums.js';
import type { ReaderArguments } from './in-context.js';
import { CountryCode, LanguageTag } from './scalars.js';

/** For whom a localized field is resolved. Null counts as absent, argument by argument. */
@ArgsType()
export class ReaderArgs implements ReaderArguments {
  @Field(() => [LanguageTag], { nullable: true, description: 'In order of preference.' })
  languages?: string[] | null;

  @Field(() => CountryCode, { nullable: true })
  audience?: string | null;

  @Field(() => CoherenceEnum, { nullable: true })
  coherence?: Coherence | null;
}

@ArgsType()
export class LanguagesArgs implements ReaderArguments {
  @Field(() => [LanguageTag], { nullable: true, description: 'In order of preference.' })
  languages?: string[] | null;
}
