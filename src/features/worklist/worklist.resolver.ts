import { Args, Ctx, Query, Resolver } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { pageSize } from '../../platform/graphql/schema/paging.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { ReferenceCache } from '../audience/index.js';
import {
  type EditorialLoaders,
  EditorialReleaseConnection,
  editorialReleaseNode,
  type LoadersBySnapshot,
} from '../release/index.js';
import { localeNode, TranslationConnection } from '../translation/index.js';
import { ReleaseIndex } from './release-index.repository.js';
import { EditorialReleasesArgs, WorklistArgs } from './worklist.inputs.js';
import { Worklist } from './worklist.repository.js';

const MAX_SEARCH_LENGTH = 500;

@Resolver()
export class WorklistResolver {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
  ) {}

  @Size('PAGE')
  @Query(() => EditorialReleaseConnection, {
    description:
      'All releases, published or not, newest first. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async editorialReleases(
    @Ctx() context: RequestContext,
    @Args(() => EditorialReleasesArgs) { first, after, filter }: EditorialReleasesArgs,
  ): Promise<InstanceType<typeof EditorialReleaseConnection>> {
    authorize(context.caller.viewer, 'READ_WORK');
    if ((filter?.search?.length ?? 0) > MAX_SEARCH_LENGTH) {
      throw new AppError('SEARCH_TOO_LONG', { max: MAX_SEARCH_LENGTH });
    }
    const index = new ReleaseIndex(context.staffSnapshot(), filter ?? {});
    const { items, hasNextPage } = await index.page(pageSize(first), after);
    const edges = items.map(({ record, cursor }) => {
      return { cursor, node: editorialReleaseNode(record) };
    });
    const total = () => index.count();
    return new EditorialReleaseConnection({
      edges,
      hasNextPage,
      hasPreviousPage: Boolean(after),
      total,
    });
  }

  @Size('PAGE')
  @Query(() => TranslationConnection, {
    description:
      'Open work, most urgent first: held back (for editors), missing, returned, stale, due; within each by deadline, then by the number of audiences that require the language. Translators and revisers get their locales, editors all. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async worklist(
    @Ctx() context: RequestContext,
    @Args(() => WorklistArgs) { first, after, filter }: WorklistArgs,
  ): Promise<InstanceType<typeof TranslationConnection>> {
    const viewer = authorize(context.caller.viewer, 'READ_WORK');
    const { release } = this.loaders.of(context);
    const reference = await this.cache.load(context.publicSnapshot());
    if (filter?.audience) reference.getState(filter.audience);
    const list = new Worklist(context.staffSnapshot(), reference, viewer, filter ?? {});
    const { items, hasNextPage } = await list.page(pageSize(first), after);
    const edges = await Promise.all(
      items.map(async ({ releaseId, locale, cursor }) => {
        const record = await release.load(releaseId);
        if (!record) throw new Error('a release of the work list is gone');
        return { cursor, node: localeNode(record, locale) };
      }),
    );
    const total = () => list.count();
    return new TranslationConnection({
      edges,
      hasNextPage,
      hasPreviousPage: Boolean(after),
      total,
    });
  }
}
