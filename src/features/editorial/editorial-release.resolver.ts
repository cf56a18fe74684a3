import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/request-context.js';
import { AccountType, accountNode } from '../account/index.js';
import {
  MemberStateType,
  memberStateNode,
  type Reference,
  type ReferenceCache,
  TopicType,
  topicNode,
} from '../audience/index.js';
import { ReleaseType, type ReadingSessions, releaseNode } from '../reading/index.js';
import { EditorialReleaseType, ScheduleType, TranslationType } from './editorial.types.js';
import type { EditorialSessions } from './editorial-session.js';
import { translationNode } from './nodes.js';

@Resolver(() => EditorialReleaseType)
export class EditorialReleaseResolver {
  constructor(
    private readonly cache: ReferenceCache,
    private readonly reading: ReadingSessions,
  ) {}

  private reference({ snapshot }: RequestContext): Promise<Reference> {
    return this.cache.load(snapshot);
  }

  @FieldResolver(() => [TopicType])
  async topics(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<TopicType[]> {
    const reference = await this.reference(context);
    // A topic that only a draft has is not among the readers' ones, and has no name yet.
    return record.topics.map(({ id, slug }) => {
      return topicNode(reference.findTopic(id) ?? { id, slug, names: {} });
    });
  }

  @FieldResolver(() => [MemberStateType], {
    description: 'The states that the release is addressed to; empty means all.',
  })
  async audiences(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<MemberStateType[]> {
    const reference = await this.reference(context);
    return record.audiences.map((code) => memberStateNode(reference.getState(code)));
  }

  @FieldResolver(() => [MemberStateType], { description: 'The states that the release speaks of.' })
  async mentions(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<MemberStateType[]> {
    const reference = await this.reference(context);
    return record.mentions.map((code) => memberStateNode(reference.getState(code)));
  }

  @FieldResolver(() => [TranslationType], {
    description: 'One for each of the four locales, the original included.',
  })
  translations(@Root() { record }: EditorialReleaseType): TranslationType[] {
    return record.translations.map(translationNode);
  }

  @FieldResolver(() => ScheduleType, { nullable: true })
  schedule(@Root() { record }: EditorialReleaseType): ScheduleType | null {
    const { id: releaseId, schedule } = record;
    if (!schedule) return null;
    const { at, state, revisions } = schedule;
    const locales = record.translations
      .map(({ locale }) => locale)
      .filter((locale) => revisions[locale] !== undefined);
    return Object.assign(new ScheduleType(), { record: schedule, releaseId, at, state, locales });
  }

  @FieldResolver(() => ReleaseType, {
    nullable: true,
    description: 'null while the public sees nothing of it.',
  })
  async published(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<ReleaseType | null> {
    const found = await this.reading.of(context).releaseById(record.id);
    return found && releaseNode(found);
  }
}

@Resolver(() => ScheduleType)
export class ScheduleResolver {
  constructor(private readonly sessions: EditorialSessions) {}

  @FieldResolver(() => AccountType)
  async by(@Root() { record }: ScheduleType, @Ctx() context: RequestContext): Promise<AccountType> {
    return accountNode(await this.sessions.of(context).account.load(record.by));
  }
}
