import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { confirmCurrent } from './confirm-current.service.js';
import { restoreRevision } from './restore-revision.service.js';
import { saveTranslation } from './save-translation.service.js';
import type { TextMutationRunner } from './text-mutation-runner.js';
import {
  ConfirmCurrentInput,
  RestoreRevisionInput,
  SaveTranslationInput,
  type TargetInput,
} from './translation.inputs.js';
import { SaveTranslationResult } from './translation.types.js';

@Resolver()
export class TranslationMutationResolver {
  constructor(private readonly runner: TextMutationRunner) {}

  @Mutation(() => SaveTranslationResult, {
    description:
      'Saves segments of a translation, all of them or none. If the revision or the digest of a source is no longer current, nothing is saved and the result is a RevisionConflict. An approved text becomes a draft. Translators and revisers of the locale.',
  })
  async saveTranslation(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => SaveTranslationInput, { description: 'The segments that change.' })
    input: SaveTranslationInput,
  ): Promise<typeof SaveTranslationResult> {
    const { expectedRevision, origin = null, segments } = input;
    return this.runner.run(context, info, 'WRITE_TRANSLATION', input, (manager, place, by) => {
      const targets = segments.map(targetOf);
      return saveTranslation(manager, { ...place, expectedRevision, origin, targets }, by);
    });
  }

  @Mutation(() => SaveTranslationResult, {
    description:
      'Records that a translation is still right after its source changed. The state of the workflow stays as it is. Translators and revisers of the locale.',
  })
  async confirmCurrent(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => ConfirmCurrentInput, { description: 'Segments to confirm.' })
    input: ConfirmCurrentInput,
  ): Promise<typeof SaveTranslationResult> {
    const { expectedRevision, keys, sourceDigests = null } = input;
    return this.runner.run(context, info, 'WRITE_TRANSLATION', input, (manager, place, by) => {
      return confirmCurrent(manager, { ...place, expectedRevision, keys, sourceDigests }, by);
    });
  }

  @Mutation(() => SaveTranslationResult, {
    description:
      'Brings back the text of an earlier revision as a new one, in one locale. Each text refers to the source from which it was made, so it may be STALE. Segments that the original has removed since stay removed; an original gets its own back, as a SUBSTANTIVE change. Translations: translators and revisers of the locale; originals: editors.',
  })
  async restoreRevision(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => RestoreRevisionInput, { description: 'Locale and revision.' })
    input: RestoreRevisionInput,
  ): Promise<typeof SaveTranslationResult> {
    const { expectedRevision, revision } = input;
    const action = await this.runner.requiredAction(context, 'WRITE_TRANSLATION', input);
    return this.runner.run(context, info, action, input, (manager, place, by) => {
      return restoreRevision(manager, { ...place, expectedRevision, revision }, by);
    });
  }
}

function targetOf({ key, sourceDigest, text, omitted, after }: TargetInput) {
  return {
    key,
    sourceDigest: sourceDigest ?? null,
    text: text ?? null,
    omitted: omitted ?? false,
    after: after ?? null,
  };
}
