import { Arg, Ctx, Query, Resolver } from 'type-graphql';

import { isMemberOn } from '../../kernel/member-state.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { memberStateNode, topicNode } from './audience.resolver.js';
import { MemberStateType, TopicType } from './audience.types.js';
import type { ReferenceCache } from './reference.repository.js';

@Resolver()
export class AudienceQueryResolver {
  constructor(private readonly cache: ReferenceCache) {}

  @Cacheable()
  @Query(() => MemberStateType, {
    nullable: true,
    description:
      'One state of the member-state table. Any other code is refused with BAD_USER_INPUT, reason COUNTRY_UNKNOWN.',
  })
  async memberState(
    @Ctx() context: RequestContext,
    @Arg('code', () => CountryCode, {
      description: 'ISO 3166-1 alpha-2 code, in capitals or small letters.',
    })
    code: string,
  ): Promise<MemberStateType> {
    const reference = await this.cache.of(context);
    return memberStateNode(reference.getState(code));
  }

  @Size(35)
  @Cacheable()
  @Query(() => [MemberStateType], {
    description: 'States that are members on one day, sorted by code.',
  })
  async memberStates(
    @Ctx() context: RequestContext,
    @Arg('on', () => CalendarDate, {
      nullable: true,
      description: 'Day in question; the current day (UTC) by default.',
    })
    on: string | null,
  ): Promise<MemberStateType[]> {
    const reference = await this.cache.of(context);
    const day = on ?? context.today;
    return reference.states.filter((state) => isMemberOn(state, day)).map(memberStateNode);
  }

  @Size(5)
  @Cacheable()
  @Query(() => [TopicType], { description: 'All topics, sorted by slug.' })
  async topics(@Ctx() context: RequestContext): Promise<TopicType[]> {
    const reference = await this.cache.of(context);
    return reference.topics.map(topicNode);
  }
}
