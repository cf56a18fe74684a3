import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, InputType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness } from '../../kernel/release.js';
import type { TranslationState } from '../../kernel/workflow.js';
import {
  FreshnessEnum,
  LocaleEnum,
  TranslationStateEnum,
} from '../../platform/graphql/schema/enums.js';
import { ForwardArgs } from '../../platform/graphql/schema/paging.js';
import { ReleaseFactsFilter } from '../../platform/graphql/schema/release-facts.js';
import { CountryCode } from '../../platform/graphql/schema/scalars.js';
import type { EditorialReleaseFilter } from './release-index.repository.js';
import type { WorklistFilter } from './worklist.repository.js';

@InputType('WorklistFilter', {
  description:
    'Conditions on translations. All of them must hold; a list holds if one of its members does.',
})
export class WorklistFilterInput implements WorklistFilter {
  @Field(() => [LocaleEnum], {
    nullable: true,
    description: 'Locales; others than the own ones of a translator or reviser find nothing.',
  })
  locale?: Locale[] | null;

  @Field(() => [TranslationStateEnum], { nullable: true, description: 'States of the workflow.' })
  state?: TranslationState[] | null;

  @Field(() => [FreshnessEnum], {
    nullable: true,
    description: 'How the text stands against the newest original.',
  })
  freshness?: Freshness[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true for texts assigned to the account of the token; false for all others.',
  })
  assignedToMe?: boolean | null;

  @Field(() => CountryCode, {
    nullable: true,
    description: 'Only locales that this state requires, of releases addressed to it.',
  })
  audience?: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Only texts with a deadline before this instant.',
  })
  dueBefore?: Date | null;
}

@InputType('EditorialReleaseFilter', {
  description:
    'Conditions on releases. All of them must hold; a list holds if one of its members does.',
})
export class EditorialReleaseFilterInput
  extends ReleaseFactsFilter
  implements EditorialReleaseFilter
{
  @Field(() => Boolean, {
    nullable: true,
    description: 'true if readers see some of it, false if nothing.',
  })
  published?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true with a schedule, held back ones included; false without.',
  })
  scheduled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'A reference, or words of a title in any language; at most 500 characters.',
  })
  search?: string | null;
}

@ArgsType()
export class WorklistArgs extends ForwardArgs {
  @Field(() => WorklistFilterInput, {
    nullable: true,
    description: 'Conditions on the translations; omitted for all.',
  })
  filter?: WorklistFilterInput | null;
}

@ArgsType()
export class EditorialReleasesArgs extends ForwardArgs {
  @Field(() => EditorialReleaseFilterInput, {
    nullable: true,
    description: 'Conditions on the releases; omitted for all.',
  })
  filter?: EditorialReleaseFilterInput | null;
}
