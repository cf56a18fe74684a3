import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';

import type { SegmentKind } from '../../kernel/release.js';
import { defineEnum, SegmentKindEnum } from '../../platform/graphql/schema/enums.js';
import { connectionTypes } from '../../platform/graphql/schema/paging.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { REVISION_ACTIONS, type RevisionAction } from '../release/index.js';
import {
  DIFFERENCE_PARTS,
  type DifferencePart,
  type DifferencePartKind,
  SEGMENT_CHANGES,
  type SegmentChange,
  type SegmentDifference,
} from './difference.policy.js';
import type { HistoryStep } from './history-page.repository.js';

const RevisionActionEnum = defineEnum(
  'RevisionAction',
  REVISION_ACTIONS,
  'What a step in the history did to a text.',
  {
    CREATED: 'First text of the locale.',
    SAVED: 'New text.',
    CONFIRMED: 'Confirmed as still right after a change of the source.',
    SUBMITTED: 'Submitted for review.',
    APPROVED: 'Approved by a reviser or editor.',
    CHANGES_REQUESTED: 'Returned with a comment.',
    RESTORED: 'Text of an earlier revision brought back.',
    PUBLISHED: 'Part of a published edition.',
    RETRACTED: 'Retracted from the public.',
    IMPORTED: 'Text taken over by an import.',
  },
);

const SegmentChangeEnum = defineEnum(
  'SegmentChange',
  SEGMENT_CHANGES,
  'How a segment differs between two revisions.',
  {
    ADDED: 'In the later text only.',
    CHANGED: 'Its text differs.',
    MOVED: 'The same text in another place.',
    REMOVED: 'In the earlier text only.',
  },
);

const DifferencePartKindEnum = defineEnum(
  'DifferencePartKind',
  DIFFERENCE_PARTS,
  'Which of two texts has a run of words.',
  {
    EQUAL: 'Both texts.',
    INSERTED: 'The text after the change only.',
    DELETED: 'The text before the change only.',
  },
);

@ObjectType('DifferencePart', { description: 'A run of words with one kind of change.' })
class DifferencePartType implements DifferencePart {
  @Field(() => DifferencePartKindEnum, { description: 'Whether both texts have it, or which one.' })
  kind: DifferencePartKind;

  @Field(() => String, { description: 'The words, with their spaces.' })
  text: string;
}

@ObjectType('SegmentDifference', {
  description: 'A segment that differs between two revisions.',
})
export class SegmentDifferenceType implements SegmentDifference {
  @Field(() => String, { description: 'Key of the segment.' })
  key: string;

  @Field(() => SegmentKindEnum, {
    description: 'Kind of the segment, from the later of the two texts that has it.',
  })
  kind: SegmentKind;

  @Field(() => SegmentChangeEnum, { description: 'What happened to it.' })
  change: SegmentChange;

  @Field(() => String, {
    nullable: true,
    description: 'Text in revision from; null if it had none.',
  })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'Text in revision to; null if it had none.' })
  after: string | null;

  @Size(1)
  @Field(() => [DifferencePartType], {
    description:
      'Word by word: before is all that is not INSERTED, after all that is not DELETED. Very long texts with little in common are compared as wholes.',
  })
  parts: readonly DifferencePart[];
}

@ArgsType()
export class DifferenceArgs {
  @Field(() => Int, {
    description: 'Revision to compare from; 0 for the empty text before the first one.',
  })
  from: number;

  @Field(() => Int, { description: 'Revision to compare to; 0 as for from.' })
  to: number;
}

@ObjectType('TranslationRevision', {
  description:
    'One step in the history of a locale. A step that does not change the text has the revision that it found.',
})
export class TranslationRevisionType {
  readonly step: HistoryStep;

  @Field(() => Int, { description: 'Revision of the text after the step.' })
  revision: number;

  @Field(() => GraphQLDateTime, { description: 'When it happened.' })
  at: Date;

  @Field(() => RevisionActionEnum, { description: 'What happened.' })
  action: RevisionAction;

  @Field(() => String, {
    nullable: true,
    description:
      'Comment given with the step, or the reason of a waiver or retraction; null without one.',
  })
  comment: string | null;
}

export const { Connection: TranslationRevisionConnection } = connectionTypes(
  'TranslationRevision',
  () => TranslationRevisionType,
);
