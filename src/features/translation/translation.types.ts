import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness, SegmentKind, TextOrigin } from '../../kernel/release.js';
import type { TranslationState } from '../../kernel/workflow.js';
import {
  FreshnessEnum,
  LocaleEnum,
  SegmentKindEnum,
  TextOriginEnum,
  TranslationStateEnum,
} from '../../platform/graphql/schema/enums.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { connectionTypes } from '../../platform/graphql/schema/paging.js';
import {
  RevisionConflict,
  TransitionProblem,
  ValidationProblem,
} from '../../platform/graphql/schema/problem.js';
import type { EditorialRecord, TranslationRecord } from '../release/index.js';
import type { StaffSegment } from './segment.policy.js';
import { translationId } from './translation-id.js';

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

export function segmentNode(segment: StaffSegment): SegmentType {
  return Object.assign(new SegmentType(), segment);
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

export function translationNode(record: TranslationRecord): TranslationType {
  const { locale, isOriginal, text, dueAt } = record;
  return Object.assign(new TranslationType(), {
    id: translationId(record),
    record,
    locale,
    isOriginal,
    dueAt,
    state: text?.state ?? 'NOT_STARTED',
    revision: text?.revision ?? 0,
    publishedRevision: text?.publishedRevision ?? null,
    publishedAt: text?.publishedAt ?? null,
    freshness: text?.freshness ?? null,
    completeness: text?.completeness ?? 0,
    updatedAt: text?.updatedAt ?? null,
  });
}

/** @throws Error for a release without that locale: all four locales of every release exist */
export function localeNode({ translations }: EditorialRecord, locale: Locale): TranslationType {
  const record = translations.find((translation) => translation.locale === locale);
  if (!record) throw new Error(`the release has no locale ${locale}`);
  return translationNode(record);
}

@ObjectType('TranslationPayload', {
  description: 'Result of a change to a text or of a workflow step.',
})
export class TranslationPayload {
  @Field(() => TranslationType, { description: 'The translation after the change.' })
  translation: TranslationType;
}

export const SaveTranslationResult = createUnionType({
  name: 'SaveTranslationResult',
  description:
    'Outcome of a change to a text: RevisionConflict if it or its source was changed first, ValidationProblem if the input is invalid.',
  types: () => [TranslationPayload, RevisionConflict, ValidationProblem] as const,
});

export const TranslationStepResult = createUnionType({
  name: 'TranslationStepResult',
  description:
    'Outcome of a workflow step: RevisionConflict if the text was changed first, TransitionProblem if its state does not allow the step, ValidationProblem if the input is invalid.',
  types: () =>
    [TranslationPayload, RevisionConflict, TransitionProblem, ValidationProblem] as const,
});
