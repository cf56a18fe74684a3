import { Arg, Ctx, Query, Resolver } from 'type-graphql';

import { isMemberOn } from '../../kernel/member-state.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/scalars.js';
import { memberStateNode, topicNode } from './audience.resolver.js';
import { MemberStateType, TopicType } from './audience.types.js';
import type { ReferenceCache } from './reference.repository.js';

@Resolver()
export class AudienceQueryResolver {
  constructor(private readonly cache: ReferenceCache) {}

  @Query(() => MemberStateType, {
    nullable: true,
    description: 'A state of the member-state table; any other code is BAD_USER_INPUT.',
  })
  async memberState(
    @Ctx() context: RequestContext,
    @Arg('code', () => CountryCode) code: string,
  ): Promise<MemberStateType> {
    const reference = await this.cache.of(context);
    return memberStateNode(reference.getState(code));
  }

  @Query(() => [MemberStateType], {
    description: 'on: members on that date (default: today). In the order of their codes.',
  })
  async memberStates(
    @Ctx() context: RequestContext,
    @Arg('on', () => CalendarDate, { nullable: true }) on: string | null,
  ): Promise<MemberStateType[]> {
    const reference = await this.cache.of(context);
    const day = on ?? context.today;
    return reference.states.filter((state) => isMemberOn(state, day)).map(memberStateNode);
  }

  @Query(() => [TopicType], { description: 'All topics, in the order of their slugs.' })
  async topics(@Ctx() context: RequestContext): Promise<TopicType[]> {
    const reference = await this.cache.of(context);
    return reference.topics.map(topicNode);
  }
}
