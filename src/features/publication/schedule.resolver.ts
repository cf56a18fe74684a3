import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { AccountType, accountNode } from '../account/index.js';
import {
  type EditorialLoaders,
  EditorialReleaseType,
  type LoadersBySnapshot,
} from '../release/index.js';
import { UnmetRuleType } from './readiness.types.js';
import { unmetRuleNodes } from './readiness-nodes.js';
import { scheduleNode, ScheduleType } from './schedule.types.js';

@Resolver(() => EditorialReleaseType)
export class ReleaseScheduleResolver {
  @FieldResolver(() => ScheduleType, {
    nullable: true,
    description: 'Edition that is due at a later instant; null if none is scheduled.',
  })
  schedule(@Root() { record }: EditorialReleaseType): ScheduleType | null {
    return scheduleNode(record);
  }
}

@Resolver(() => ScheduleType)
export class ScheduleResolver {
  constructor(private readonly loaders: LoadersBySnapshot<EditorialLoaders>) {}

  @FieldResolver(() => AccountType, { description: 'Account that scheduled it.' })
  async by(@Root() { record }: ScheduleType, @Ctx() context: RequestContext): Promise<AccountType> {
    return accountNode(await this.loaders.of(context).account.load(record.by));
  }

  @Size(10)
  @FieldResolver(() => [UnmetRuleType], {
    description: 'Rules that prevented its publication; empty while WAITING.',
  })
  unmet(
    @Root() { releaseId, record }: ScheduleType,
    @Ctx() context: RequestContext,
  ): Promise<UnmetRuleType[]> {
    return unmetRuleNodes(context, this.loaders.of(context), releaseId, record.unmet);
  }
}
