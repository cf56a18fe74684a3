import { Field, ID, InputType, Int } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { ReleaseType, SegmentKind, SourceChange } from '../../kernel/release.js';
import {
  LocaleEnum,
  ReleaseTypeEnum,
  SegmentKindEnum,
} from '../../platform/graphql/schema/enums.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import type { FactsInput, ReleaseInput } from './drafting.service.js';
import type { SegmentInput } from './original-input.policy.js';
import type { PublishPolicy } from './release.entity.js';
import { PublishPolicyEnum, SourceChangeEnum } from './release.types.js';

@InputType('SegmentInput', {
  description: 'A segment of the original.',
})
export class SegmentInputType implements SegmentInput {
  @Field(() => String, {
    nullable: true,
    description: 'Key of an existing segment; null or omitted for a new one.',
  })
  key?: string | null;

  @Field(() => SegmentKindEnum, { description: 'Place of the segment in the release.' })
  kind: SegmentKind;

  @Field(() => String, {
    description:
      'Inline CommonMark: emphasis, strong emphasis, links. At most 20,000 characters, a title 600.',
  })
  text: string;
}

@InputType('CreateReleaseInput', {
  description: 'Facts and original text of a new release.',
})
export class CreateReleaseInput implements ReleaseInput {
  @Field(() => String, {
    description:
      'Number without a language letter, 305/12; or the whole code of a series without letters, AVI-127/13. It must be unused.',
  })
  number: string;

  @Field(() => ReleaseTypeEnum, { description: 'Series of the release; it must fit the number.' })
  type: ReleaseType;

  @Field(() => CalendarDate, { description: 'Date to print on the release.' })
  date: string;

  @Field(() => LocaleEnum, { description: 'Language of segments.' })
  originalLocale: Locale;

  @Field(() => PublishPolicyEnum, {
    nullable: true,
    description: 'Whether languages may be published one by one; AS_READY by default.',
  })
  publishPolicy?: PublishPolicy | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: 'States to address; omitted or empty for all.',
  })
  audiences?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: 'States that the release is about; none by default.',
  })
  mentions?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of topics; none by default.' })
  topics?: string[] | null;

  @Field(() => [SegmentInputType], {
    description: 'The original in reading order: exactly one TITLE, at most one SUMMARY.',
  })
  segments: SegmentInputType[];
}

@InputType('UpdateReleaseInput', {
  description:
    'Facts to change; an omitted or null field stays as it is. Readers see them with the next edition.',
})
export class UpdateReleaseInput implements FactsInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => Int, {
    description:
      'EditorialRelease.revision as the caller saw it. If it is no longer the current one, the result is a RevisionConflict.',
  })
  expectedRevision: number;

  @Field(() => ReleaseTypeEnum, {
    nullable: true,
    description: 'Series of the release; it must fit the number.',
  })
  type?: ReleaseType | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Date to print on the release.' })
  date?: string | null;

  @Field(() => PublishPolicyEnum, {
    nullable: true,
    description: 'Whether languages may be published one by one.',
  })
  publishPolicy?: PublishPolicy | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: 'States to address, as a whole list; empty for all.',
  })
  audiences?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: 'States that the release is about, as a whole list.',
  })
  mentions?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of topics, as a whole list.' })
  topics?: string[] | null;
}

@InputType('ReviseOriginalInput', {
  description: 'The whole original as it is to read.',
})
export class ReviseOriginalInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => Int, {
    description:
      'Revision that the caller edited, from Translation.revision; 0 before the first text. If it is no longer the current one, nothing is saved and the result is a RevisionConflict.',
  })
  expectedRevision: number;

  @Field(() => SourceChangeEnum, {
    description: 'Whether translations of the changed segments become STALE or MINOR_DRIFT.',
  })
  change: SourceChange;

  @Field(() => [SegmentInputType], {
    description: 'All segments in their new order; a segment that is left out is removed.',
  })
  segments: SegmentInputType[];
}
