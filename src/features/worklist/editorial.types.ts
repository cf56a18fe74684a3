import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness, ReleaseType, SegmentKind, TextOrigin } from '../../kernel/release.js';
import type { TranslationState } from '../../kernel/workflow.js';
import {
  FreshnessEnum,
  LocaleEnum,
  ReleaseTypeEnum,
  SegmentKindEnum,
  TextOriginEnum,
  TranslationStateEnum,
} from '../../platform/graphql/schema/enums.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { connectionTypes } from '../../platform/graphql/schema/paging.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import { AccountType } from '../account/index.js';
import type { UnmetReason } from '../publication/index.js';
import type { PublishPolicy } from '../release/index.js';
import type { EditorialRecord, ScheduleRecord, TranslationRecord } from './editorial-record.js';
import {
  PublishPolicyEnum,
  type HeldBackReason,
  HeldBackReasonEnum,
  type ScheduleState,
  ScheduleStateEnum,
  UnmetReasonEnum,
} from './enums.js';

@ObjectType('Segment', {
  description:
    'One translatable unit of a release. A segment that exists in this locale only has no source; real translations split paragraphs.',
})
export class SegmentType {
  @Field(() => String, { description: 'Stable across locales and revisions.' })
  key: string;

  @Field(() => SegmentKindEnum, { description: 'Place of the segment in the release.' })
  kind: SegmentKind;

  @Field(() => String, {
    nullable: true,
    description:
      'Text of the original, inline CommonMark; null in the original itself and for a segment of this locale only.',
  })
  source: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Digest of source, to send back with a translation: it proves which source was translated. null where source is.',
  })
  sourceDigest: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Text in this locale, inline CommonMark; null if not translated.',
  })
  target: string | null;

  @Field(() => Boolean, {
    description:
      'true if the translator left the segment out on purpose; it then counts as complete.',
  })
  omitted: boolean;

  @Field(() => FreshnessEnum, {
    nullable: true,
    description:
      'null without a target. A segment of this locale only is compared with the whole original.',
  })
  freshness: Freshness | null;

  @Field(() => TextOriginEnum, {
    nullable: true,
    description: 'How target came about; null without one.',
  })
  origin: TextOrigin | null;

  @Field(() => String, {
    nullable: true,
    description: 'Source at the time target was written, if it has changed since; else null.',
  })
  sourceWas: string | null;
}

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

@ObjectType('UnmetRule', { description: 'A rule that the edition would break.' })
export class UnmetRuleType {
  @Field(() => CountryCode, {
    nullable: true,
    description: 'State for which the rule exists; null for a rule of the release itself.',
  })
  audience: string | null;

  @Field(() => LocaleEnum, { description: 'Locale concerned.' })
  locale: Locale;

  @Field(() => UnmetReasonEnum, { description: 'How the locale falls short of the rule.' })
  reason: UnmetReason;

  @Field(() => Boolean, {
    description:
      'true if publish refuses the edition because of it; false if it is only reported, or was waived.',
  })
  blocking: boolean;

  @Field(() => String, { description: 'Text for people, in the language of the caller.' })
  message: string;

  @Field(() => String, {
    nullable: true,
    description: 'Segment concerned; null if it is the locale as a whole.',
  })
  segmentKey: string | null;

  @Field(() => AccountType, {
    nullable: true,
    description: 'Account that the translation is assigned to; null if nobody.',
  })
  assignee: AccountType | null;
}

@ObjectType('PublicationReadiness', {
  description: 'Result of the rules for an edition, from the same code that publish runs.',
})
export class PublicationReadinessType {
  @Field(() => Boolean, { description: 'true if no rule blocks: each is met or waived.' })
  ready: boolean;

  @Field(() => GraphQLDateTime, {
    description: 'Instant of the planned publication; it has no influence on the rules.',
  })
  at: Date;

  @Field(() => [UnmetRuleType], { description: 'All unmet rules, the blocking ones first.' })
  unmet: readonly UnmetRuleType[];
}

@ObjectType('Schedule', {
  description:
    'An edition to be published at a later instant. It pins the revisions that were approved when it was made.',
})
export class ScheduleType {
  readonly record: ScheduleRecord;
  readonly releaseId: string;

  @Field(() => GraphQLDateTime, { description: 'Instant of publication.' })
  at: Date;

  @Field(() => [LocaleEnum], { description: 'Locales that the edition publishes.' })
  locales: readonly Locale[];

  @Field(() => ScheduleStateEnum, { description: 'Whether it is still due.' })
  state: ScheduleState;

  @Field(() => HeldBackReasonEnum, {
    nullable: true,
    description: 'Why it was not published at its instant; null while WAITING.',
  })
  heldBackReason: HeldBackReason | null;
}

@ObjectType('Translation', {
  description: 'A release in one locale, as staff see it; the original is one of the four.',
  implements: Node,
})
export class TranslationType extends Node {
  readonly id: string;
  readonly record: TranslationRecord;

  @Field(() => LocaleEnum, { description: 'Language of the text.' })
  locale: Locale;

  @Field(() => Boolean, { description: 'true if the release was written in this locale.' })
  isOriginal: boolean;

  @Field(() => TranslationStateEnum, { description: 'Present state in the workflow.' })
  state: TranslationState;

  @Field(() => Int, {
    description: 'Number of the current text, to send back with every change; 0 while NOT_STARTED.',
  })
  revision: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Revision that readers have; null if this locale is not public.',
  })
  publishedRevision: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When that revision was published; null with it.',
  })
  publishedAt: Date | null;

  @Field(() => FreshnessEnum, {
    nullable: true,
    description: 'The worst of its segments, against the newest original; null while NOT_STARTED.',
  })
  freshness: Freshness | null;

  @Field(() => Float, {
    description:
      'Share of the segments of the original that have a text or are omitted on purpose, 0 to 1.',
  })
  completeness: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Deadline; null without one.' })
  dueAt: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the text last changed; null while NOT_STARTED.',
  })
  updatedAt: Date | null;
}

export const { Connection: TranslationConnection } = connectionTypes(
  'Translation',
  () => TranslationType,
);
