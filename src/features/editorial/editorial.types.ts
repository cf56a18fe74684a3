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
} from '../../platform/graphql/enums.js';
import { Node } from '../../platform/graphql/node.js';
import { connectionTypes } from '../../platform/graphql/paging.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/scalars.js';
import { AccountType } from '../account/index.js';
import type { UnmetReason } from '../publication/index.js';
import type { PublishPolicy, RevisionAction } from '../release/index.js';
import type { HistoryStep } from '../translation/index.js';
import type { EditorialRecord, ScheduleRecord, TranslationRecord } from './editorial-record.js';
import {
  PublishPolicyEnum,
  RevisionActionEnum,
  type ScheduleState,
  ScheduleStateEnum,
  UnmetReasonEnum,
} from './enums.js';

@ObjectType('Segment', {
  description:
    'One translatable unit of a release; key is stable across locales and revisions. A segment that only this locale has (real translations split paragraphs) has no source; one that it leaves out on purpose is omitted. Texts are inline CommonMark.',
})
export class SegmentType {
  @Field(() => String)
  key: string;

  @Field(() => SegmentKindEnum)
  kind: SegmentKind;

  @Field(() => String, {
    nullable: true,
    description: "The original's text; null in the original itself.",
  })
  source: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Quoted back on every write: proves which source text was translated. null where source is.',
  })
  sourceDigest: string | null;

  @Field(() => String, { nullable: true })
  target: string | null;

  @Field(() => Boolean)
  omitted: boolean;

  @Field(() => FreshnessEnum, {
    nullable: true,
    description:
      'null without a target; for a segment of this locale alone, against the whole original.',
  })
  freshness: Freshness | null;

  @Field(() => TextOriginEnum, { nullable: true })
  origin: TextOrigin | null;

  @Field(() => String, {
    nullable: true,
    description: 'The source as it was when target was written, when it has changed since.',
  })
  sourceWas: string | null;
}

@ObjectType('EditorialRelease', {
  description:
    'A release as the staff see it, published or not. It has its own type so that nothing unpublished is reachable from Release. Inputs named releaseId take its id or the id of the published Release.',
  implements: Node,
})
export class EditorialReleaseType extends Node {
  readonly id: string;
  readonly record: EditorialRecord;

  @Field(() => String)
  number: string;

  @Field(() => ReleaseTypeEnum)
  type: ReleaseType;

  @Field(() => CalendarDate)
  date: string;

  @Field(() => LocaleEnum)
  originalLocale: Locale;

  @Field(() => PublishPolicyEnum)
  publishPolicy: PublishPolicy;

  @Field(() => Int, {
    description: 'Of the facts: type, date, policy, topics and states; quoted by updateRelease.',
  })
  revision: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the whole release was taken back; null unless that is how it stands.',
  })
  retractedAt: Date | null;
}

export const { Connection: EditorialReleaseConnection } = connectionTypes(
  'EditorialRelease',
  () => EditorialReleaseType,
);

@ObjectType('UnmetRule', { description: 'A rule that publishing would break.' })
export class UnmetRuleType {
  @Field(() => CountryCode, {
    nullable: true,
    description: 'null: a rule of the release itself, for whatever audience.',
  })
  audience: string | null;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => UnmetReasonEnum)
  reason: UnmetReason;

  @Field(() => Boolean)
  blocking: boolean;

  @Field(() => String, { description: "In the caller's language." })
  message: string;

  @Field(() => String, { nullable: true })
  segmentKey: string | null;

  @Field(() => AccountType, { nullable: true })
  assignee: AccountType | null;
}

@ObjectType('PublicationReadiness', {
  description:
    'A dry run of publish, made by the very code that publish runs. ready is false while a blocking rule is unmet and not waived. What does not block is listed all the same.',
})
export class PublicationReadinessType {
  @Field(() => Boolean)
  ready: boolean;

  @Field(() => GraphQLDateTime)
  at: Date;

  @Field(() => [UnmetRuleType])
  unmet: readonly UnmetRuleType[];
}

@ObjectType('Schedule', {
  description:
    'An edition that is to come out at an instant. It pins the revisions that were approved when it was made.',
})
export class ScheduleType {
  readonly record: ScheduleRecord;
  readonly releaseId: string;

  @Field(() => GraphQLDateTime)
  at: Date;

  @Field(() => [LocaleEnum])
  locales: readonly Locale[];

  @Field(() => ScheduleStateEnum)
  state: ScheduleState;
}

@ObjectType('Translation', {
  description: 'A release in one locale, as the staff see it; the original is one of the four.',
  implements: Node,
})
export class TranslationType extends Node {
  readonly id: string;
  readonly record: TranslationRecord;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Boolean)
  isOriginal: boolean;

  @Field(() => TranslationStateEnum)
  state: TranslationState;

  @Field(() => Int, {
    description: 'Counts the texts that this locale has had; 0 while NOT_STARTED.',
  })
  revision: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that readers have now; null while they have none.',
  })
  publishedRevision: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Since when readers have that revision.',
  })
  publishedAt: Date | null;

  @Field(() => FreshnessEnum, {
    nullable: true,
    description: 'The worst of its segments; null while NOT_STARTED.',
  })
  freshness: Freshness | null;

  @Field(() => Float, {
    description:
      "Share of the original's segments that have a text or are omitted on purpose, 0 to 1.",
  })
  completeness: number;

  @Field(() => GraphQLDateTime, { nullable: true })
  dueAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  updatedAt: Date | null;
}

export const { Connection: TranslationConnection } = connectionTypes(
  'Translation',
  () => TranslationType,
);

@ObjectType('TranslationRevision', {
  description:
    'One step in the history of a locale. A step that left the text alone stands under the revision that it found.',
})
export class TranslationRevisionType {
  readonly step: HistoryStep;

  @Field(() => Int)
  revision: number;

  @Field(() => GraphQLDateTime)
  at: Date;

  @Field(() => RevisionActionEnum)
  action: RevisionAction;

  @Field(() => String, { nullable: true })
  comment: string | null;
}

export const { Connection: TranslationRevisionConnection } = connectionTypes(
  'TranslationRevision',
  () => TranslationRevisionType,
);

@ObjectType('Comment', {
  description: 'A remark on a translation or on one of its segments.',
  implements: Node,
})
export class CommentType extends Node {
  readonly id: string;
  readonly byId: string;

  @Field(() => GraphQLDateTime)
  at: Date;

  @Field(() => String)
  body: string;

  @Field(() => String, { nullable: true, description: 'null: of the whole text.' })
  segmentKey: string | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  resolvedAt: Date | null;
}
