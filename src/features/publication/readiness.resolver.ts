import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import type { ReferenceCache } from '../audience/index.js';
import { type EditorialLoaders, getReleaseId, type LoadersBySnapshot } from '../release/index.js';
import { judgeEdition } from './readiness.service.js';
import { PublicationReadinessType } from './readiness.types.js';
import { readinessNode } from './readiness-nodes.js';

@Resolver()
export class ReadinessResolver {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
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
    authorize(context.caller.viewer, 'READ_WORK');
    const staffSnapshot = context.staffSnapshot();
    const reference = await this.cache.load(staffSnapshot);
    const wish = { releaseId: getReleaseId(releaseId), locales: locales ?? null, at: at ?? null };
    const { readiness } = await judgeEdition(staffSnapshot, reference, wish);
    return readinessNode(context, this.loaders.of(context), readiness);
  }
}
