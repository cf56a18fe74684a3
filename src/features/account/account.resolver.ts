import { Ctx, Query, Resolver } from 'type-graphql';

import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { accountNode, ViewerType } from './account.types.js';

@Resolver()
export class AccountResolver {
  @Cacheable()
  @Query(() => ViewerType, {
    nullable: true,
    description: 'Account and rights of the token; null without a token.',
  })
  viewer(@Ctx() { caller }: RequestContext): ViewerType | null {
    const { viewer } = caller;
    if (!viewer) return null;
    const { accountId: id, name, grants } = viewer;
    return Object.assign(new ViewerType(), { account: accountNode({ id, name }), grants });
  }
}
