import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { AccountType, accountNode } from '../account/index.js';
import { EditorialReleaseType, SegmentType, TranslationType } from './editorial.types.js';
import { CommentType } from './history.types.js';
import type { EditorialSessions } from './editorial-session.js';
import { commentNode, editorialReleaseNode, segmentNode } from './nodes.js';

@Resolver(() => TranslationType)
export class TranslationResolver {
  constructor(private readonly sessions: EditorialSessions) {}

  @FieldResolver(() => EditorialReleaseType, { description: 'The release that it belongs to.' })
  async release(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<EditorialReleaseType> {
    const release = await this.sessions.of(context).release.load(record.releaseId);
    if (!release) throw new Error('a translation without its release');
    return editorialReleaseNode(release);
  }

  @FieldResolver(() => [SegmentType], {
    description:
      'Segments in reading order: those of the original, with those of this locale only in their places.',
  })
  async segments(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<SegmentType[]> {
    const segments = await this.sessions.of(context).segments.load(record);
    return segments.map(segmentNode);
  }

  @FieldResolver(() => AccountType, {
    nullable: true,
    description: 'Account that is to write it; null if nobody is assigned.',
  })
  assignee(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<AccountType | null> {
    return this.account(context, record.assignee);
  }

  @FieldResolver(() => AccountType, {
    nullable: true,
    description: 'Account that last changed the text; null while NOT_STARTED.',
  })
  updatedBy(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<AccountType | null> {
    return this.account(context, record.text?.updatedBy ?? null);
  }

  private async account(context: RequestContext, id: string | null): Promise<AccountType | null> {
    return id === null ? null : accountNode(await this.sessions.of(context).account.load(id));
  }

  @FieldResolver(() => [CommentType], {
    description: 'Comments on this locale, oldest first, resolved ones included.',
  })
  async comments(
    @Root() { record }: TranslationType,
    @Ctx() context: RequestContext,
  ): Promise<CommentType[]> {
    const comments = await this.sessions.of(context).comments.load(record);
    return comments.map(commentNode);
  }
}

@Resolver(() => CommentType)
export class CommentResolver {
  constructor(private readonly sessions: EditorialSessions) {}

  @FieldResolver(() => AccountType, { description: 'Account that wrote it.' })
  async by(@Root() { byId }: CommentType, @Ctx() context: RequestContext): Promise<AccountType> {
    return accountNode(await this.sessions.of(context).account.load(byId));
  }
}
