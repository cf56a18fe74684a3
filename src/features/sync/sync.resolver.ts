import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Query, Resolver, Root, Subscription } from 'type-graphql';

import { pageSize } from '../../platform/graphql/paging.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import { resolverOf } from '../../platform/graphql/resolver-of.js';
import type { StreamEvent } from '../../platform/graphql/subscriptions.js';
import type { LiveService } from './live.service.js';
import type { ChangePage } from './reader-sync.js';
import type { SyncService } from './sync.service.js';
import { ReleaseChangedArgs, ReleaseChangesArgs, SyncPageType } from './sync.types.js';

interface Subscribed {
  readonly args: object;
  readonly context: RequestContext;
  readonly info: GraphQLResolveInfo;
}

@Resolver()
export class SyncResolver {
  constructor(
    private readonly sync: SyncService,
    private readonly live: LiveService,
  ) {}

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

  @Subscription(() => SyncPageType, {
    description:
      'The same changes as releaseChanges, as they happen. since resumes after a lost connection without a gap: keep the cursor of each page that came, and pass the last one. Without since it begins with what happens from now on, and the first page has no changes, but a cursor. Then come what has changed since, in pages of 20 (hasMore: the next one follows at once), and a page for each change that this reader sees; changes that come together may be in one page. A page without changes only moves the cursor on, at most once in a minute. After reset: true the whole copy follows. Over WebSocket (graphql-transport-ws) or server-sent events (accept: text/event-stream), at the address of the queries. A connection that is closed with 1001, 1013 or 4290, or a stream that ends without the event complete, is to be resumed.',
    subscribe: ({ args, context, info }: Subscribed) =>
      resolverOf(info.schema, SyncResolver).changed(context, args),
  })
  async releaseChanged(
    @Root() page: ChangePage,
    @Ctx() context: RequestContext,
    @Args(() => ReleaseChangedArgs) args: ReleaseChangedArgs,
  ): Promise<SyncPageType> {
    return this.sync.page(context, this.sync.contextOf(context, args), page);
  }

  private changed(
    context: RequestContext,
    args: ReleaseChangedArgs,
  ): AsyncGenerator<StreamEvent, void, void> {
    return this.live.follow(context, this.sync.contextOf(context, args), args.since ?? null);
  }
}
