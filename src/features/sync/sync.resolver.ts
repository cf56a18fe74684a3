import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Info, Query, Resolver, Root, Subscription } from 'type-graphql';

import { InCopies } from '../../platform/graphql/schema/copied-fields.js';
import { pageSize } from '../../platform/graphql/schema/paging.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { resolverOf } from '../../platform/graphql/schema/resolver-of.js';
import type { StreamEvent } from '../../platform/graphql/execution/subscriptions.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { LiveService } from './live.service.js';
import { metadataDelivery } from './page-selection.js';
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

  @InCopies('PAGE')
  @Size('PAGE')
  @Query(() => SyncPageType, {
    description:
      'Changes to the copy of a reader since a cursor; without since, a first copy, newest releases first. No change is missed or split, even under concurrent publishing. A removal names a release that this reader once had: the only place where a retracted release does not look unknown. Every field offered here stays correct in a copy. What depends on rules, on the day or on another reader (localized, resolution and availability of Release, jsonLd, the rules of MemberState) is refused with BAD_USER_INPUT, reason FIELD_NOT_IN_COPIES; name needs languages of its own where languages is passed here, and @inContext must not state an audience (reason NAME_NOT_IN_COPIES).',
  })
  async releaseChanges(
    @Ctx() context: RequestContext,
    @Args(() => ReleaseChangesArgs) args: ReleaseChangesArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SyncPageType> {
    const size = pageSize(args.first);
    const reader = this.sync.contextOf(context, args);
    const page = await this.sync.changes(context, reader, args.since ?? null, size);
    return this.sync.page(context, reader, page, metadataDelivery(info));
  }

  @InCopies('PAGE')
  @Size('PAGE')
  @Subscription(() => SyncPageType, {
    description:
      'The changes of releaseChanges as they happen. Store the cursor of each page; to resume after a lost connection without a gap, pass the last one as since. Without since, the first page has a cursor and no changes. Then follow the changes since the cursor, in pages of 20 (hasMore: the next page follows at once), and a page for each change that this reader sees; simultaneous changes may share one. A page without changes or metadataChanges, at most once a minute, only moves the cursor. After reset: true the full copy follows. Transports: WebSocket (graphql-transport-ws) or server-sent events (accept: text/event-stream), at the address of the queries. Resume if a connection closes with 1001, 1013 or 4290, or if a stream ends without the event complete.',
    subscribe: ({ args, context, info }: Subscribed) =>
      resolverOf(info.schema, SyncResolver).changed(context, args, info),
  })
  async releaseChanged(
    @Root() page: ChangePage,
    @Ctx() context: RequestContext,
    @Args(() => ReleaseChangedArgs) args: ReleaseChangedArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SyncPageType> {
    const reader = this.sync.contextOf(context, args);
    return this.sync.page(context, reader, page, metadataDelivery(info));
  }

  private changed(
    context: RequestContext,
    args: ReleaseChangedArgs,
    info: GraphQLResolveInfo,
  ): AsyncGenerator<StreamEvent, void, void> {
    const copy = { reader: this.sync.contextOf(context, args), metadata: metadataDelivery(info) };
    return this.live.follow(context, copy, args.since ?? null);
  }
}
