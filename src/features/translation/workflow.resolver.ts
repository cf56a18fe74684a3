import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';

import type { Action } from '../../kernel/access.js';
import { Invalid } from '../../kernel/refusal.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { accountIdOf } from '../account/index.js';
import { assignTranslation } from './assignment.service.js';
import type { TextMutationRunner } from './text-mutation-runner.js';
import { SaveTranslationResult, TranslationStepResult } from './translation.types.js';
import { AssignInput, TranslationStepInput } from './workflow.inputs.js';
import { type StepRules, takeStep } from './workflow.service.js';

@Resolver()
export class WorkflowResolver {
  constructor(
    private readonly runner: TextMutationRunner,
    private readonly rules: StepRules,
  ) {}

  @Mutation(() => TranslationStepResult, {
    description:
      'Submits a complete text for review. Translations: translators and revisers of the locale; the original: editors.',
  })
  async submitTranslation(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => TranslationStepInput, {
      description: 'The text, as the translator left it.',
    })
    input: TranslationStepInput,
  ): Promise<typeof TranslationStepResult> {
    const action = await this.runner.requiredAction(context, 'SUBMIT_TRANSLATION', input);
    return this.step(context, info, 'SUBMIT', input, action);
  }

  @Mutation(() => TranslationStepResult, {
    description:
      'Approves a text that is IN_REVIEW. Nobody approves a text that is theirs alone: someone else must have written part of the changes since the last approval. Revisers of the locale and editors.',
  })
  async approveTranslation(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => TranslationStepInput, { description: 'The text, as the reviser read it.' })
    input: TranslationStepInput,
  ): Promise<typeof TranslationStepResult> {
    return this.step(context, info, 'APPROVE', input, 'REVIEW');
  }

  @Mutation(() => TranslationStepResult, {
    description:
      'Returns a text that is IN_REVIEW or APPROVED, with a comment on what to change. Revisers of the locale and editors.',
  })
  async requestChanges(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => TranslationStepInput, {
      description: 'The text and the comment, which is required.',
    })
    input: TranslationStepInput,
  ): Promise<typeof TranslationStepResult> {
    return this.step(context, info, 'REQUEST_CHANGES', input, 'REVIEW');
  }

  private step(
    context: RequestContext,
    info: GraphQLResolveInfo,
    step: Parameters<typeof takeStep>[1],
    input: TranslationStepInput,
    action: Action,
  ): Promise<typeof TranslationStepResult> {
    const { expectedRevision, comment = null } = input;
    return this.runner.run(context, info, action, input, (manager, place, by) => {
      const request = { ...place, expectedRevision, comment };
      return takeStep(manager, step, request, by, this.rules);
    });
  }

  @Mutation(() => SaveTranslationResult, {
    description:
      'Sets who writes a text, and by when; null clears a value. Text and revision stay as they are. Role EDITOR.',
  })
  async assignTranslation(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => AssignInput, { description: 'Account and deadline; both are set.' })
    input: AssignInput,
  ): Promise<typeof SaveTranslationResult> {
    const { assigneeId, dueAt = null } = input;
    return this.runner.run(context, info, 'ASSIGN', input, (manager, place) => {
      const assignee =
        assigneeId === null || assigneeId === undefined ? null : getAccountId(assigneeId);
      return assignTranslation(manager, { ...place, assignee, dueAt });
    });
  }
}

/** @throws Invalid ASSIGNEE_UNKNOWN */
function getAccountId(assigneeId: string): string {
  const account = accountIdOf(assigneeId);
  if (account === null) throw new Invalid('ASSIGNEE_UNKNOWN', {}, ['assigneeId']);
  return account;
}
