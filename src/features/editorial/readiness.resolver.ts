import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/enums.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
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
      'For staff: a dry run of publish. locales null: every approved one. at comes back in the answer and changes nothing else: what an edition must have depends on the date of the release.',
  })
  async publicationReadiness(
    @Ctx() context: RequestContext,
    @Arg('releaseId', () => ID) releaseId: string,
    @Arg('locales', () => [LocaleEnum], { nullable: true }) locales?: Locale[] | null,
    @Arg('at', () => GraphQLDateTime, { nullable: true }) at?: Date | null,
  ): Promise<PublicationReadinessType> {
    authorize(context.viewer, 'READ_WORK');
    const session = this.sessions.of(context);
    const reference = await this.cache.load(session.snapshot);
    const wish = { releaseId: releaseIdOf(releaseId), locales: locales ?? null, at: at ?? null };
    const { readiness } = await judgeEdition(session.snapshot, reference, wish);
    return readinessNode(context, session, readiness);
  }

  @FieldResolver(() => [UnmetRuleType], { description: 'Empty while it is WAITING.' })
  unmet(
    @Root() { releaseId, record }: ScheduleType,
    @Ctx() context: RequestContext,
  ): Promise<UnmetRuleType[]> {
    return unmetRuleNodes(context, this.sessions.of(context), releaseId, record.unmet);
  }
}
