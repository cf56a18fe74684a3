import { Field, ID, InputType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';

@InputType('CommentInput', { description: 'A comment on a text or on one of its segments.' })
export class CommentInput {
  @Field(() => ID, {
    description:
      'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
  })
  releaseId: string;

  @Field(() => LocaleEnum, { description: 'Locale of the text.' })
  locale: Locale;

  @Field(() => String, {
    nullable: true,
    description:
      'Segment that this locale has or once had; null or omitted for the text as a whole.',
  })
  segmentKey?: string | null;

  @Field(() => String, { description: 'Plain text, 1 to 10,000 characters.' })
  body: string;
}
