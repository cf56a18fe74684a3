import { Field, InputType } from 'type-graphql';

import type { ReleaseType } from '../../../kernel/release.js';
import { ReleaseTypeEnum } from './enums.js';
import { CalendarDate } from './scalars.js';

/** Conditions on facts that readers and staff see alike. */
@InputType()
export abstract class ReleaseFactsFilter {
  @Field(() => [ReleaseTypeEnum], { nullable: true, description: 'Types of release.' })
  type?: ReleaseType[] | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Releases dated on this day or later.',
  })
  dateFrom?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Releases dated on this day or earlier.',
  })
  dateTo?: string | null;
}
