import { Args, Ctx, Query, Resolver } from 'type-graphql';

import { pageSize } from '../../platform/graphql/paging.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import type { SyncService } from './sync.service.js';
import { ReleaseChangesArgs, SyncPageType } from './sync.types.js';

@Resolver()
export class SyncResolver {
  constructor(private readonly sync: SyncService) {}

  @Query(() => SyncPageType, {
    description:
      'since: null for a first, full copy. No change is ever missed or split, also under concurrent publishing. A removal names what this reader once had: the one place where a retracted release does not look unknown.',
  })
  async releaseChanges(
    @Ctx() context: RequestContext,
    @Args(() => ReleaseChangesArgs) args: ReleaseChangesArgs,
  ): Promise<SyncPageType> {
    const size = pageSize(args.first);
    const reader = this.sync.contextOf(context, args);
    const page = await this.sync.changes(context, reader, args.since ?? null, size);
    return this.sync.page(context, reader, page);
  }
}
