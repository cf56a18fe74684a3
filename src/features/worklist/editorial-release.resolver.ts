import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
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

  @FieldResolver(() => [TopicType], { description: 'Topics under which the release is filed.' })
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
    description: 'States to which the release is addressed; empty for all.',
  })
  async audiences(
    @Root() { record }: EditorialReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<MemberStateType[]> {
    const reference = await this.reference(context);
    return record.audiences.map((code) => memberStateNode(reference.getState(code)));
  }

  @FieldResolver(() => [MemberStateType], { description: 'States that the release is about.' })
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

  @FieldResolver(() => ScheduleType, {
    nullable: true,
    description: 'Edition that is due at a later instant; null if none is scheduled.',
  })
  schedule(@Root() { record }: EditorialReleaseType): ScheduleType | null {
    const { id: releaseId, schedule } = record;
    if (!schedule) return null;
    const { at, state, heldBackReason, revisions } = schedule;
    const locales = record.translations
      .map(({ locale }) => locale)
      .filter((locale) => revisions[locale] !== undefined);
    return Object.assign(new ScheduleType(), {
      ...{ record: schedule, releaseId, at, state, heldBackReason, locales },
    });
  }

  @FieldResolver(() => ReleaseType, {
    nullable: true,
    description: 'The release as readers see it; null while nothing of it is public.',
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

  @FieldResolver(() => AccountType, { description: 'Account that scheduled it.' })
  async by(@Root() { record }: ScheduleType, @Ctx() context: RequestContext): Promise<AccountType> {
    return accountNode(await this.sessions.of(context).account.load(record.by));
  }
}
