import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { type ReleaseType, SOURCE_CHANGES } from '../../kernel/release.js';
import { defineEnum, LocaleEnum, ReleaseTypeEnum } from '../../platform/graphql/schema/enums.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { connectionTypes } from '../../platform/graphql/schema/paging.js';
import { RevisionConflict, ValidationProblem } from '../../platform/graphql/schema/problem.js';
import { CalendarDate } from '../../platform/graphql/schema/scalars.js';
import type { EditorialRecord } from './editorial-record.js';
import { PUBLISH_POLICIES, type PublishPolicy } from './release.entity.js';
import { editorialReleaseId } from './release-id.js';

export const SourceChangeEnum = defineEnum(
  'SourceChange',
  SOURCE_CHANGES,
  'Weight of a change of the original.',
  {
    SUBSTANTIVE: 'The meaning changes: translations of the changed segments become STALE.',
    MINOR: 'A matter of form: they become MINOR_DRIFT.',
  },
);

export const PublishPolicyEnum = defineEnum(
  'PublishPolicy',
  PUBLISH_POLICIES,
  'Whether the languages of a release may be published one by one.',
  {
    AS_READY:
      'Rules block only the locales being published; a required locale that is missing is reported. The default.',
    SIMULTANEOUS: 'Every locale that an addressed audience requires must be in the edition.',
  },
);

@ObjectType('EditorialRelease', {
  description:
    'A release as staff see it, published or not. It is a type of its own, so that nothing unpublished can be reached from Release.',
  implements: Node,
})
export class EditorialReleaseType extends Node {
  readonly id: string;
  readonly record: EditorialRecord;

  @Field(() => String, {
    description:
      'Number shared by all languages, without a letter: 305/12. Series without a language letter have their whole code: AVI-127/13.',
  })
  number: string;

  @Field(() => ReleaseTypeEnum, { description: 'Series in which the release appears.' })
  type: ReleaseType;

  @Field(() => CalendarDate, {
    description: 'Date printed on the release; it decides which rules and memberships apply.',
  })
  date: string;

  @Field(() => LocaleEnum, { description: 'Language in which the release was written.' })
  originalLocale: Locale;

  @Field(() => PublishPolicyEnum, { description: 'Whether languages may be published one by one.' })
  publishPolicy: PublishPolicy;

  @Field(() => Int, {
    description:
      'Revision of the facts (type, date, policy, topics, states), to send back with updateRelease.',
  })
  revision: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the whole release was retracted; null if it is public, or was never published.',
  })
  retractedAt: Date | null;
}

export const { Connection: EditorialReleaseConnection } = connectionTypes(
  'EditorialRelease',
  () => EditorialReleaseType,
);

export function editorialReleaseNode(record: EditorialRecord): EditorialReleaseType {
  const { number, type, date, originalLocale, publishPolicy, revision, retractedAt } = record;
  const id = editorialReleaseId(record.id);
  const facts = { number, type, date, originalLocale, publishPolicy, revision, retractedAt };
  return Object.assign(new EditorialReleaseType(), { id, record, ...facts });
}

@ObjectType('ReleasePayload', { description: 'Result of a change to a release.' })
export class ReleasePayload {
  @Field(() => EditorialReleaseType, { description: 'The release after the change.' })
  release: EditorialReleaseType;
}

export const CreateReleaseResult = createUnionType({
  name: 'CreateReleaseResult',
  description: 'Outcome of createRelease: ValidationProblem if the input is invalid.',
  types: () => [ReleasePayload, ValidationProblem] as const,
});

export const UpdateReleaseResult = createUnionType({
  name: 'UpdateReleaseResult',
  description:
    'Outcome of updateRelease: RevisionConflict if someone else changed the facts first, ValidationProblem if the input is invalid.',
  types: () => [ReleasePayload, RevisionConflict, ValidationProblem] as const,
});

export const ReviseOriginalResult = createUnionType({
  name: 'ReviseOriginalResult',
  description:
    'Outcome of reviseOriginal: RevisionConflict if someone else changed the original first, ValidationProblem if the input is invalid.',
  types: () => [ReleasePayload, RevisionConflict, ValidationProblem] as const,
});
