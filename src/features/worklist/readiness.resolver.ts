import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { ReferenceCache } from '../audience/index.js';
import { judgeEdition } from '../publication/index.js';
import { PublicationReadinessType, ScheduleType, UnmetRuleType } from './editorial.types.js';
import type { EditorialSessions } from './editorial-session.js';
import { releaseIdOf } from './ids.js';
import { readinessNode, unmetRuleNodes } from './readiness.js';

@Resolver(() => ScheduleType)
export class ReadinessResolver {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly sessions: EditorialSessions,
  ) {}

  @Query(() => PublicationReadinessType, {
    description:
      'Dry run of publish: the same rules, no change. An unknown release is NOT_FOUND. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async publicationReadiness(
    @Ctx() context: RequestContext,
    @Arg('releaseId', () => ID, {
      description: 'Global id of the EditorialRelease or of the published Release.',
    })
    releaseId: string,
    @Arg('locales', () => [LocaleEnum], {
      nullable: true,
      description: 'Locales to publish; null or omitted for every approved one.',
    })
    locales?: Locale[] | null,
    @Arg('at', () => GraphQLDateTime, {
      nullable: true,
      description:
        'Planned instant, returned as it is; the rules depend on the date of the release only.',
    })
    at?: Date | null,
  ): Promise<PublicationReadinessType> {
    authorize(context.viewer, 'READ_WORK');
    const session = this.sessions.of(context);
    const reference = await this.cache.load(session.snapshot);
    const wish = { releaseId: releaseIdOf(releaseId), locales: locales ?? null, at: at ?? null };
    const { readiness } = await judgeEdition(session.snapshot, reference, wish);
    return readinessNode(context, session, readiness);
  }

  @FieldResolver(() => [UnmetRuleType], {
    description: 'Rules that prevented its publication; empty while WAITING.',
  })
  unmet(
    @Root() { releaseId, record }: ScheduleType,
    @Ctx() context: RequestContext,
  ): Promise<UnmetRuleType[]> {
    return unmetRuleNodes(context, this.sessions.of(context), releaseId, record.unmet);
  }
}
