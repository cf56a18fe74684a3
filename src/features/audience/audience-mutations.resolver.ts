import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';

import { authorize } from '../../kernel/access.js';
import { ruleInForce } from '../../kernel/member-state.js';
import { Refusal } from '../../kernel/refusal.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import { globalId } from '../../platform/graphql/schema/global-id.js';
import { problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { MutationRunner } from '../../platform/mutation/mutation-runner.js';
import { AudienceRuleInput, TopicInput } from './audience.inputs.js';
import { memberStateNode, topicNode } from './audience.resolver.js';
import { setAudienceRule } from './audience-rule.service.js';
import {
  AudienceRulePayload,
  AudienceRuleResult,
  AudienceRuleType,
  TopicPayload,
  TopicResult,
} from './audience-rule.types.js';
import { logChange } from '../change-log/index.js';
import type { StoredRule, ReferenceData } from './reference.js';
import type { ReferenceCache } from './reference.repository.js';
import { nameTopic } from './topic.service.js';

function ruleNode(
  reference: ReferenceData,
  { id, audience, ...rule }: StoredRule,
): AudienceRuleType {
  return Object.assign(new AudienceRuleType(), {
    ...rule,
    id: globalId('AudienceRule', id),
    audience: memberStateNode(reference.getState(audience)),
  });
}

/** The rules that apply on a day to any type of release, without duplicates. */
function rulesInForce(rules: readonly StoredRule[], on: string): StoredRule[] {
  const deciding = [null, ...RELEASE_TYPES].map((type) => ruleInForce(rules, type, on));
  return rules.filter((rule) => deciding.includes(rule));
}

@Resolver()
export class AudienceMutationResolver {
  constructor(
    private readonly runner: MutationRunner,
    private readonly cache: ReferenceCache,
  ) {}

  @Size(40)
  @Query(() => [AudienceRuleType], {
    description:
      'Rules for audiences, sorted by audience and first day. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async audienceRules(
    @Ctx() context: RequestContext,
    @Arg('audience', () => CountryCode, {
      nullable: true,
      description: 'State to which the list is limited; null or omitted for all.',
    })
    audience?: string | null,
    @Arg('on', () => CalendarDate, {
      nullable: true,
      description:
        'Only rules that apply on this day to some type of release; null or omitted for all rules, past and future.',
    })
    on?: string | null,
  ): Promise<AudienceRuleType[]> {
    authorize(context.caller.viewer, 'READ_WORK');
    const reference = await this.cache.load(context.staffSnapshot());
    const states = audience ? [reference.getState(audience)] : reference.states;
    const rules = states.flatMap(({ code }) => {
      const all = reference.rulesOf(code);
      return on ? rulesInForce(all, on) : all;
    });
    return rules.map((rule) => ruleNode(reference, rule));
  }

  @Mutation(() => AudienceRuleResult, {
    description:
      'Adds or replaces a dated rule. A rule whose first day is in the future takes effect by itself, at midnight UTC. Role ADMIN.',
  })
  async setAudienceRule(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => AudienceRuleInput, {
      description: 'The rule; omitted fields are taken over from the rule in force.',
    })
    input: AudienceRuleInput,
  ): Promise<typeof AudienceRuleResult> {
    const { audience, type = null, validFrom } = input;
    const task = { action: 'SET_AUDIENCE_RULE' as const, subject: { audience, type, validFrom } };
    const result = await this.runner.run(context, info, task, async (manager, _, beforeCommit) => {
      const { today } = context;
      const { ruleId, change } = await setAudienceRule(manager, this.cache, input, today);
      if (change) beforeCommit(() => logChange(manager, change));
      return { ruleId };
    });
    if (result instanceof Refusal) return problemOf(context, result);
    const reference = await this.cache.load(context.staffSnapshot());
    const rule = reference.rules.find(({ id }) => id === result.ruleId);
    if (!rule) throw new Error('a rule that was just set is gone');
    return Object.assign(new AudienceRulePayload(), { rule: ruleNode(reference, rule) });
  }

  @Mutation(() => TopicResult, {
    description: 'Creates or renames a topic; readers see it at once. Role ADMIN.',
  })
  async saveTopic(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => TopicInput, { description: 'Slug and names.' }) input: TopicInput,
  ): Promise<typeof TopicResult> {
    const subject = { slug: input.slug.slice(0, 80) };
    const task = { action: 'SAVE_TOPIC' as const, subject };
    const result = await this.runner.run(context, info, task, async (manager, _, beforeCommit) => {
      const { topicId, change } = await nameTopic(manager, input);
      if (change) beforeCommit(() => logChange(manager, change));
      return { topicId };
    });
    if (result instanceof Refusal) return problemOf(context, result);
    const topic = (await this.cache.load(context.staffSnapshot())).findTopic(result.topicId);
    if (!topic) throw new Error('a topic that was just saved is gone');
    return Object.assign(new TopicPayload(), { topic: topicNode(topic) });
  }
}
