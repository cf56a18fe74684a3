import { Field, Int, ObjectType } from 'type-graphql';

import type { MembershipStatus } from '../../kernel/member-state.js';
import { MembershipStatusEnum } from '../../platform/graphql/enums.js';
import { Node } from '../../platform/graphql/node.js';
import { CalendarDate, CountryCode, LanguageTag } from '../../platform/graphql/scalars.js';

@ObjectType('Membership', { description: 'How a state stands to the OAS on a day.' })
export class MembershipType {
  @Field(() => MembershipStatusEnum)
  status: MembershipStatus;

  @Field(() => Int, { nullable: true, description: 'The year of joining.' })
  sinceYear: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which the state is no member any more; null where it still is.',
  })
  until: string | null;
}

@ObjectType('MemberState', {
  description: 'One of the 35 states that are, or were, members of the OAS.',
  implements: Node,
})
export class MemberStateType extends Node {
  readonly id: string;

  @Field(() => CountryCode)
  code: string;

  @Field(() => [LanguageTag], { description: 'National and co-official languages.' })
  nationalLanguages: string[];

  @Field(() => String, { description: 'IANA zone of the capital.' })
  timeZone: string;
}

@ObjectType('Topic', { description: 'A subject under which releases are filed.', implements: Node })
export class TopicType extends Node {
  readonly id: string;

  @Field(() => String)
  slug: string;

  readonly names: Readonly<Partial<Record<'EN' | 'ES' | 'FR' | 'PT', string>>>;
}
