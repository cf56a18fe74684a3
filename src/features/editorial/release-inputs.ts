import { Field, ID, InputType, Int } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { ReleaseType, SegmentKind, SourceChange } from '../../kernel/release.js';
import { LocaleEnum, ReleaseTypeEnum, SegmentKindEnum } from '../../platform/graphql/enums.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/scalars.js';
import type { FactsInput, PublishPolicy, ReleaseInput, SegmentInput } from '../release/index.js';
import { PublishPolicyEnum, SourceChangeEnum } from './enums.js';

@InputType('SegmentInput', {
  description:
    'key null: a new segment. text is inline CommonMark: emphasis, strong, links; at most 20,000 characters, a title 600.',
})
export class SegmentInputType implements SegmentInput {
  @Field(() => String, { nullable: true })
  key?: string | null;

  @Field(() => SegmentKindEnum)
  kind: SegmentKind;

  @Field(() => String)
  text: string;
}

@InputType('CreateReleaseInput', {
  description:
    'number without the letter of a language: 305/12. audiences: empty means all. topics: slugs. segments: exactly one TITLE, at most one SUMMARY.',
})
export class CreateReleaseInput implements ReleaseInput {
  @Field(() => String)
  number: string;

  @Field(() => ReleaseTypeEnum)
  type: ReleaseType;

  @Field(() => CalendarDate)
  date: string;

  @Field(() => LocaleEnum)
  originalLocale: Locale;

  @Field(() => PublishPolicyEnum, { nullable: true })
  publishPolicy?: PublishPolicy | null;

  @Field(() => [CountryCode], { nullable: true })
  audiences?: string[] | null;

  @Field(() => [CountryCode], { nullable: true })
  mentions?: string[] | null;

  @Field(() => [String], { nullable: true })
  topics?: string[] | null;

  @Field(() => [SegmentInputType])
  segments: SegmentInputType[];
}

@InputType('UpdateReleaseInput', {
  description: 'Facts; they reach readers with the next edition. What is null stays as it is.',
})
export class UpdateReleaseInput implements FactsInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => Int, { description: 'EditorialRelease.revision, as the caller saw it.' })
  expectedRevision: number;

  @Field(() => ReleaseTypeEnum, { nullable: true })
  type?: ReleaseType | null;

  @Field(() => CalendarDate, { nullable: true })
  date?: string | null;

  @Field(() => PublishPolicyEnum, { nullable: true })
  publishPolicy?: PublishPolicy | null;

  @Field(() => [CountryCode], { nullable: true })
  audiences?: string[] | null;

  @Field(() => [CountryCode], { nullable: true })
  mentions?: string[] | null;

  @Field(() => [String], { nullable: true })
  topics?: string[] | null;
}

@InputType('ReviseOriginalInput', {
  description:
    "The segments in their new order; one that is left out is removed. expectedRevision is that of the original's Translation.",
})
export class ReviseOriginalInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => Int)
  expectedRevision: number;

  @Field(() => SourceChangeEnum)
  change: SourceChange;

  @Field(() => [SegmentInputType])
  segments: SegmentInputType[];
}
