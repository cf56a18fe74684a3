import { Field, Int, ObjectType } from 'type-graphql';

import { Size } from '../../platform/graphql/limits/list-size.js';
import { LocalizedText } from './localized.types.js';

@ObjectType('TextRange', {
  description:
    'A part of a text: from start up to and without end, counted in UTF-16 units, as JavaScript does.',
})
export class TextRangeType {
  @Field(() => Int, { description: 'Offset of its first unit.' })
  start: number;

  @Field(() => Int, { description: 'Offset after its last unit.' })
  end: number;
}

@ObjectType('SearchMatch', {
  description:
    'Where the words of a search stand in what this reader is shown; by stems, as the search finds them. Excluded words never count, and a phrase only as a whole. Ranges are sorted and do not overlap. A release that is found by its own reference may have none.',
})
export class SearchMatchType {
  @Size(3)
  @Field(() => [TextRangeType], { description: 'In LocalizedRelease.title.' })
  title: readonly TextRangeType[];

  @Field(() => LocalizedText, {
    description:
      'A piece of the text around the first match, as plain text: of the summary if there is a match in it, else of the body; without a match in either, the beginning of the summary, else of the body. At most 240 UTF-16 units in one line, cut between words, with an ellipsis where something is left out.',
  })
  snippet: LocalizedText;

  @Size(5)
  @Field(() => [TextRangeType], { description: 'In the value of snippet.' })
  snippetRanges: readonly TextRangeType[];
}
