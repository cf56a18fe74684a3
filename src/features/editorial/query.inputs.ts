import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, InputType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness, ReleaseType } from '../../kernel/release.js';
import type { TranslationState } from '../../kernel/workflow.js';
import {
  FreshnessEnum,
  LocaleEnum,
  ReleaseTypeEnum,
  TranslationStateEnum,
} from '../../platform/graphql/enums.js';
import { ForwardArgs } from '../../platform/graphql/paging.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/scalars.js';
import type { EditorialReleaseFilter } from './release-index.js';
import type { WorklistFilter } from './worklist.js';

@InputType('WorklistFilter', { description: 'Conditions that a translation must all meet.' })
export class WorklistFilterInput implements WorklistFilter {
  @Field(() => [LocaleEnum], { nullable: true })
  locale?: Locale[] | null;

  @Field(() => [TranslationStateEnum], { nullable: true })
  state?: TranslationState[] | null;

  @Field(() => [FreshnessEnum], { nullable: true })
  freshness?: Freshness[] | null;

  @Field(() => Boolean, { nullable: true })
  assignedToMe?: boolean | null;

  @Field(() => CountryCode, {
    nullable: true,
    description: 'Only what this audience requires, of releases addressed to it.',
  })
  audience?: string | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  dueBefore?: Date | null;
}

@InputType('EditorialReleaseFilter', { description: 'Conditions that a release must all meet.' })
export class EditorialReleaseFilterInput implements EditorialReleaseFilter {
  @Field(() => [ReleaseTypeEnum], { nullable: true })
  type?: ReleaseType[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'This day and later.' })
  dateFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'This day and earlier.' })
  dateTo?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether readers see anything of it.' })
  published?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Also one that was held back.' })
  scheduled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'A reference, or words of a title in any language; at most 500 characters.',
  })
  search?: string | null;
}

@ArgsType()
export class WorklistArgs extends ForwardArgs {
  @Field(() => WorklistFilterInput, { nullable: true })
  filter?: WorklistFilterInput | null;
}

@ArgsType()
export class EditorialReleasesArgs extends ForwardArgs {
  @Field(() => EditorialReleaseFilterInput, { nullable: true })
  filter?: EditorialReleaseFilterInput | null;
}
