import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';

import { Refusal } from '../../kernel/refusal.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { type Problem, problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { MutationRunner } from '../../platform/mutation/mutation-runner.js';
import type { ReferenceCache } from '../audience/index.js';
import { changeFacts, changeOriginal, draftRelease } from './drafting.service.js';
import type { EditorialLoaders, LoadersBySnapshot } from './editorial-loaders.js';
import { CreateReleaseInput, ReviseOriginalInput, UpdateReleaseInput } from './release.inputs.js';
import {
  CreateReleaseResult,
  editorialReleaseNode,
  ReleasePayload,
  ReviseOriginalResult,
  UpdateReleaseResult,
} from './release.types.js';
import { auditedReleaseId, getReleaseId } from './release-id.js';

@Resolver()
export class ReleaseMutationResolver {
  constructor(
    private readonly runner: MutationRunner,
    private readonly cache: ReferenceCache,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
  ) {}

  @Mutation(() => CreateReleaseResult, {
    description: 'Creates a release with a draft of its original. Role EDITOR.',
  })
  async createRelease(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => CreateReleaseInput, { description: 'Facts and text.' })
    input: CreateReleaseInput,
  ): Promise<typeof CreateReleaseResult> {
    const subject = { number: input.number.slice(0, 40) };
    const task = { action: 'CREATE_RELEASE' as const, subject };
    const result = await this.runner.run(context, info, task, async (manager, viewer) => {
      const reference = await this.cache.load(queryableOf(manager));
      return { releaseId: await draftRelease(manager, reference, input, viewer.accountId) };
    });
    return this.payload(context, result);
  }

  @Mutation(() => UpdateReleaseResult, {
    description: 'Changes facts of a release; readers see them with the next edition. Role EDITOR.',
  })
  async updateRelease(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => UpdateReleaseInput, { description: 'The facts that change.' })
    input: UpdateReleaseInput,
  ): Promise<typeof UpdateReleaseResult> {
    const { releaseId, expectedRevision, ...facts } = input;
    const task = {
      action: 'UPDATE_RELEASE' as const,
      subject: { releaseId: auditedReleaseId(releaseId) },
    };
    const result = await this.runner.run(context, info, task, async (manager) => {
      const reference = await this.cache.load(queryableOf(manager));
      const id = getReleaseId(releaseId);
      await changeFacts(manager, reference, { releaseId: id, expectedRevision, facts });
      return { releaseId: id };
    });
    return this.payload(context, result);
  }

  @Mutation(() => ReviseOriginalResult, {
    description:
      'Replaces the text of the original. Translations of the changed segments become STALE or MINOR_DRIFT; readers see nothing before the next edition. Role EDITOR.',
  })
  async reviseOriginal(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => ReviseOriginalInput, {
      description: 'The whole text, and the weight of the change.',
    })
    input: ReviseOriginalInput,
  ): Promise<typeof ReviseOriginalResult> {
    const subject = { releaseId: auditedReleaseId(input.releaseId), change: input.change };
    const task = { action: 'WRITE_ORIGINAL' as const, subject };
    const result = await this.runner.run(context, info, task, async (manager, viewer) => {
      const releaseId = getReleaseId(input.releaseId);
      await changeOriginal(manager, { ...input, releaseId }, viewer.accountId);
      return { releaseId };
    });
    return this.payload(context, result);
  }

  private async payload(
    context: RequestContext,
    result: Refusal | { readonly releaseId: string },
  ): Promise<ReleasePayload | Problem> {
    if (result instanceof Refusal) return problemOf(context, result);
    const record = await this.loaders.of(context).release.load(result.releaseId);
    if (!record) throw new Error('a release that was just written is gone');
    return Object.assign(new ReleasePayload(), { release: editorialReleaseNode(record) });
  }
}
