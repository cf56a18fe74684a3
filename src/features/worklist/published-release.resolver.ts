import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { type ReadingSessions, ReleaseType } from '../reading/index.js';
import { EditorialReleaseType } from '../release/index.js';

@Resolver(() => EditorialReleaseType)
export class PublishedReleaseResolver {
  constructor(private readonly reading: ReadingSessions) {}

  @FieldResolver(() => ReleaseType, {
    nullable: true,
    description: 'The release as readers see it; null while nothing of it is public.',
  })
  async published(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<ReleaseType | null> {
    const found = await this.reading.of(context).releaseById(record.id);
    return found && new ReleaseType(found);
  }
}
