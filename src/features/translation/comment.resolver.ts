import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';

import { Invalid, Refusal } from '../../kernel/refusal.js';
import { type Problem, problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { MutationRunner } from '../../platform/mutation/mutation-runner.js';
import { AccountType, accountNode } from '../account/index.js';
import {
  auditedReleaseId,
  type EditorialLoaders,
  getReleaseId,
  type LoadersBySnapshot,
} from '../release/index.js';
import { CommentInput } from './comment.inputs.js';
import { findComment, findCommentPlace } from './comment.repository.js';
import { addComment, resolveComment } from './comment.service.js';
import {
  commentNode,
  CommentPayload,
  CommentResult,
  CommentType,
  findCommentId,
} from './comment.types.js';

@Resolver()
export class CommentMutationResolver {
  constructor(private readonly runner: MutationRunner) {}

  @Mutation(() => CommentResult, {
    description:
      'Adds a comment to a text or to one of its segments. Translators and revisers in their locales, editors in all.',
  })
  async addComment(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => CommentInput, { description: 'Text and place of the comment.' })
    input: CommentInput,
  ): Promise<typeof CommentResult> {
    const { releaseId, locale, segmentKey = null, body } = input;
    const subject = { releaseId: auditedReleaseId(releaseId), locale };
    const task = { action: 'COMMENT' as const, locale, subject };
    const result = await this.runner.run(context, info, task, async (manager, viewer) => {
      const comment = { releaseId: getReleaseId(releaseId), locale, segmentKey, body };
      return { id: await addComment(manager, comment, viewer.accountId) };
    });
    return this.payload(context, result);
  }

  @Mutation(() => CommentResult, {
    description:
      'Marks a comment as resolved; no change if it is already. Translators and revisers in their locales, editors in all.',
  })
  async resolveComment(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID, { description: 'Global id of the Comment.' }) id: string,
  ): Promise<typeof CommentResult> {
    const uuid = findCommentId(id);
    const staffSnapshot = context.staffSnapshot();
    const place = uuid === null ? null : await findCommentPlace(staffSnapshot, uuid);
    await context.closeSnapshots();
    const subject = { comment: uuid ?? id.slice(0, 100), ...place };
    const task = { action: 'COMMENT' as const, locale: place?.locale ?? null, subject };
    const result = await this.runner.run(context, info, task, async (manager, viewer) => {
      if (uuid === null) throw new Invalid('NOT_FOUND', {}, ['id']);
      await resolveComment(manager, uuid, viewer.accountId);
      return { id: uuid };
    });
    return this.payload(context, result);
  }

  private async payload(
    context: RequestContext,
    result: Refusal | { readonly id: string },
  ): Promise<CommentPayload | Problem> {
    if (result instanceof Refusal) return problemOf(context, result);
    const record = await findComment(context.staffSnapshot(), result.id);
    if (!record) throw new Error('a comment that was just written is gone');
    return Object.assign(new CommentPayload(), { comment: commentNode(record) });
  }
}

@Resolver(() => CommentType)
export class CommentResolver {
  constructor(private readonly loaders: LoadersBySnapshot<EditorialLoaders>) {}

  @FieldResolver(() => AccountType, { description: 'Account that wrote it.' })
  async by(@Root() { byId }: CommentType, @Ctx() context: RequestContext): Promise<AccountType> {
    return accountNode(await this.loaders.of(context).account.load(byId));
  }
}
