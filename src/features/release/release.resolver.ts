import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import { parseReference } from '../../kernel/reference-code.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { refuseMisplaced } from '../../platform/graphql/schema/release-selector.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import {
  MemberStateType,
  memberStateNode,
  type ReferenceData,
  type ReferenceCache,
  TopicType,
  topicNode,
} from '../audience/index.js';
import type { EditorialLoaders, LoadersBySnapshot } from './editorial-loaders.js';
import type { EditorialRecord } from './editorial-record.js';
import { editorialReleaseNode, EditorialReleaseType } from './release.types.js';
import { findReleaseId } from './release-id.js';

@Resolver(() => EditorialReleaseType)
export class EditorialReleaseResolver {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
  ) {}

  @Query(() => EditorialReleaseType, {
    nullable: true,
    description:
      'One release by exactly one of the arguments; null if there is none. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async editorialRelease(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, {
      nullable: true,
      description: 'Global id of the EditorialRelease or of the published Release.',
    })
    id?: string | null,
    @Arg('number', () => String, {
      nullable: true,
      description: 'Number or reference: 305/12, E-305/12.',
    })
    number?: string | null,
  ): Promise<EditorialReleaseType | null> {
    authorize(context.caller.viewer, 'READ_WORK');
    const given = [id, number].filter((selector) => typeof selector === 'string');
    if (given.length !== 1) throw new AppError('RELEASE_SELECTOR_UNCLEAR');
    const record = await this.find(context, id ?? null, number ?? '');
    if (record) return editorialReleaseNode(record);
    refuseMisplaced(typeof id === 'string' ? 'id' : 'number', id ?? number ?? '', ['id', 'number']);
    return null;
  }

  private async find(
    context: RequestContext,
    id: string | null,
    number: string,
  ): Promise<EditorialRecord | null> {
    const loaders = this.loaders.of(context);
    if (id !== null) {
      const releaseId = findReleaseId(id);
      return releaseId === null ? null : loaders.release.load(releaseId);
    }
    const known = parseReference(number)?.number;
    return known === undefined ? null : loaders.findByNumber(known);
  }

  private reference(context: RequestContext): Promise<ReferenceData> {
    return this.cache.load(context.publicSnapshot());
  }

  @Size(5)
  @FieldResolver(() => [TopicType], { description: 'Topics under which the release is filed.' })
  async topics(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<TopicType[]> {
    const reference = await this.reference(context);
    // A topic that only drafts have is not public yet, and has no name.
    return record.topics.map(({ id, slug }) => {
      return topicNode(reference.findTopic(id) ?? { id, slug, names: {} });
    });
  }

  @Size(3)
  @FieldResolver(() => [MemberStateType], {
    description: 'States to which the release is addressed; empty for all.',
  })
  async audiences(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<MemberStateType[]> {
    const reference = await this.reference(context);
    return record.audiences.map((code) => memberStateNode(reference.getState(code)));
  }

  @Size(5)
  @FieldResolver(() => [MemberStateType], { description: 'States that the release is about.' })
  async mentions(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<MemberStateType[]> {
    const reference = await this.reference(context);
    return record.mentions.map((code) => memberStateNode(reference.getState(code)));
  }
}
