import { Field, Int, ObjectType, ArgsType } from 'type-graphql';

import type { SegmentKind } from '../../kernel/release.js';
import { defineEnum, SegmentKindEnum } from '../../platform/graphql/enums.js';
import {
  DIFFERENCE_PARTS,
  type DifferencePart,
  type DifferencePartKind,
  SEGMENT_CHANGES,
  type SegmentChange,
  type SegmentDifference,
} from '../translation/index.js';

const SegmentChangeEnum = defineEnum(
  'SegmentChange',
  SEGMENT_CHANGES,
  'How a segment differs between two revisions.',
  { MOVED: { description: 'The same text in another place.' } },
);

const DifferencePartKindEnum = defineEnum('DifferencePartKind', DIFFERENCE_PARTS);

@ObjectType('DifferencePart', { description: 'Words that both texts have, or one of them.' })
class DifferencePartType implements DifferencePart {
  @Field(() => DifferencePartKindEnum)
  kind: DifferencePartKind;

  @Field(() => String)
  text: string;
}

@ObjectType('SegmentDifference', {
  description: 'A segment that two revisions of a text do not have alike.',
})
export class SegmentDifferenceType implements SegmentDifference {
  @Field(() => String)
  key: string;

  @Field(() => SegmentKindEnum, { description: 'As it is in the later text that has it.' })
  kind: SegmentKind;

  @Field(() => SegmentChangeEnum)
  change: SegmentChange;

  @Field(() => String, { nullable: true, description: 'null: it had no text.' })
  before: string | null;

  @Field(() => String, { nullable: true, description: 'null: it had no text.' })
  after: string | null;

  @Field(() => [DifferencePartType], {
    description:
      'Word by word: before is all that is not INSERTED, after all that is not DELETED. Very long texts that have little in common are compared as wholes.',
  })
  parts: readonly DifferencePart[];
}

@ArgsType()
export class DifferenceArgs {
  @Field(() => Int, { description: 'A revision of this locale; 0: before it was begun.' })
  from: number;

  @Field(() => Int)
  to: number;
}
