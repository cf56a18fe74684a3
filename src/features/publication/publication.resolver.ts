import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Resolver } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import { Refusal } from '../../kernel/refusal.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { type Problem, problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { MutationRunner } from '../../platform/mutation/mutation-runner.js';
import { type ReferenceCache } from '../audience/index.js';
import { logChange } from '../change-log/index.js';
import {
  auditedReleaseId,
  type EditorialLoaders,
  editorialReleaseNode,
  getReleaseId,
  type LoadersBySnapshot,
} from '../release/index.js';
import { checkedNotes } from './correction.policy.js';
import { PublishInput, RetractInput } from './publication.inputs.js';
import { EditionPayload, NotReadyProblem, PublishResult } from './publication.types.js';
import { NotReady } from './readiness.service.js';
import { readinessNode, unmetMessage } from './readiness-nodes.js';
import { checkedReason, checkedWaivers } from './reason.policy.js';
import {
  cancelSchedule,
  type EditionOutcome,
  publishOrSchedule,
  retractNow,
} from './schedule.service.js';

/** A message names up to this number of unmet rules; all of them are in `readiness`. */
const MAX_NAMED_RULES = 5;

@Resolver()
export class PublicationMutationResolver {
  constructor(
    private readonly runner: MutationRunner,
    private readonly cache: ReferenceCache,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
  ) {}

  @Mutation(() => PublishResult, {
    description:
      'Publishes or schedules one numbered edition in one transaction: a reader sees all of its locales or none. If readers have the same already, edition is the present one and locales is empty. Role EDITOR.',
  })
  async publish(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => PublishInput, { description: 'Locales, instant, waivers and notes.' })
    input: PublishInput,
  ): Promise<typeof PublishResult> {
    const { locales = null, at = null } = input;
    const waived = input.waivers?.map(({ audience, locale }) => ({ audience, locale })) ?? [];
    const noted = input.correctionNotes?.map(({ locale }) => locale) ?? [];
    const audited = { releaseId: auditedReleaseId(input.releaseId), locales, at, waived };
    const subject = { ...audited, ...(noted.length > 0 && { noted }) };
    const task = { action: 'PUBLISH' as const, subject };
    const result = await this.runner.run(
      context,
      info,
      task,
      async (manager, viewer, beforeCommit) => {
        const releaseId = getReleaseId(input.releaseId);
        if (input.waivers?.length) authorize(viewer, 'WAIVE');
        const reference = await this.cache.load(queryableOf(manager));
        const waivers = checkedWaivers(reference, input.waivers ?? []);
        const notes = checkedNotes(input.correctionNotes ?? []);
        const request = { releaseId, locales, at, waivers, notes, by: viewer.accountId };
        const { outcome, change } = await publishOrSchedule(manager, reference, request);
        if (change) beforeCommit(() => logChange(manager, change));
        return outcome;
      },
    );
    return this.payload(context, result);
  }

  @Mutation(() => PublishResult, {
    description:
      'Cancels a scheduled edition, also one that was held back. Nothing public changes. Role EDITOR.',
  })
  async cancelSchedule(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('releaseId', () => ID, {
      description:
        'Global id of the release: of the EditorialRelease or of the published Release. An unknown id is a ValidationProblem with code NOT_FOUND.',
    })
    id: string,
  ): Promise<typeof PublishResult> {
    const task = { action: 'PUBLISH' as const, subject: { releaseId: auditedReleaseId(id) } };
    const result = await this.runner.run(context, info, task, (manager) => {
      return cancelSchedule(manager, getReleaseId(id, []));
    });
    return this.payload(context, result);
  }

  @Mutation(() => PublishResult, {
    description:
      'Retracts a release, or translations of it, from the public at once. The texts stay in the history of the staff; a schedule that would publish them again is removed. Role EDITOR.',
  })
  async retract(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => RetractInput, { description: 'Release, locales and reason.' })
    input: RetractInput,
  ): Promise<typeof PublishResult> {
    const { locales = null } = input;
    const subject = { releaseId: auditedReleaseId(input.releaseId), locales };
    const task = { action: 'RETRACT' as const, subject };
    const result = await this.runner.run(
      context,
      info,
      task,
      async (manager, viewer, beforeCommit) => {
        const releaseId = getReleaseId(input.releaseId);
        const reason = checkedReason(input.reason, ['reason']);
        const request = { releaseId, locales, reason, by: viewer.accountId };
        const { outcome, change } = await retractNow(manager, request);
        if (change) beforeCommit(() => logChange(manager, change));
        return outcome;
      },
    );
    return this.payload(context, result);
  }

  private async payload(
    context: RequestContext,
    result: Refusal | EditionOutcome,
  ): Promise<EditionPayload | Problem> {
    if (result instanceof NotReady) return this.notReady(context, result);
    if (result instanceof Refusal) return problemOf(context, result);
    const { releaseId, edition, locales, publishedAt, scheduledFor } = result;
    const record = await this.loaders.of(context).release.load(releaseId);
    if (!record) throw new Error('a release that was just published is gone');
    return Object.assign(new EditionPayload(), {
      release: editorialReleaseNode(record),
      edition,
      locales,
      publishedAt: publishedAt === null ? null : new Date(publishedAt),
      scheduledFor: scheduledFor === null ? null : new Date(scheduledFor),
    });
  }

  private async notReady(context: RequestContext, refusal: NotReady): Promise<NotReadyProblem> {
    const blocking = refusal.readiness.unmet.filter((rule) => rule.blocking);
    const named = blocking.slice(0, MAX_NAMED_RULES).map((rule) => unmetMessage(context, rule));
    if (blocking.length > MAX_NAMED_RULES) named.push('…');
    return Object.assign(new NotReadyProblem(), {
      code: refusal.reason,
      message: context.caller.text('errors:PUBLICATION_NOT_READY', { rules: named.join(' ') }),
      path: null,
      readiness: await readinessNode(context, this.loaders.of(context), refusal.readiness),
    });
  }
}
