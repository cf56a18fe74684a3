import { Field, Int, ObjectType } from 'type-graphql';

import type { MembershipStatus } from '../../kernel/member-state.js';
import { MembershipStatusEnum } from '../../platform/graphql/schema/enums.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { CalendarDate, CountryCode, LanguageTag } from '../../platform/graphql/schema/scalars.js';

@ObjectType('Membership', { description: 'The membership of a state in the OAS on one day.' })
export class MembershipType {
  @Field(() => MembershipStatusEnum, { description: 'Status on that day.' })
  status: MembershipStatus;

  @Field(() => Int, {
    nullable: true,
    description: 'Year of joining, whatever the day; null if it is not recorded.',
  })
  sinceYear: number | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'First day on which the state is no longer a member, past or future; null if no end is known.',
  })
  until: string | null;
}

@ObjectType('MemberState', {
  description: 'One of the 35 states that are, or were, members of the OAS.',
  implements: Node,
})
export class MemberStateType extends Node {
  readonly id: string;

  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2 code in capitals: HT.' })
  code: string;

  @Field(() => [LanguageTag], {
    description:
      'National and co-official languages as BCP 47 tags, also those that no release is published in (nl, qu, ht).',
  })
  nationalLanguages: string[];

  @Field(() => String, {
    description: 'IANA time zone of the capital, such as America/Port-au-Prince.',
  })
  timeZone: string;
}

@ObjectType('Topic', { description: 'A subject under which releases are filed.', implements: Node })
export class TopicType extends Node {
  readonly id: string;

  @Field(() => String, { description: 'Stable key for filters and addresses: cyber-security.' })
  slug: string;

  readonly names: Readonly<Partial<Record<'EN' | 'ES' | 'FR' | 'PT', string>>>;
}
