import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';

import type { RequestContext } from '../../platform/graphql/request-context.js';
import { confirmCurrent, restoreRevision, saveTranslation } from '../translation/index.js';
import { SaveTranslationResult } from './payloads.js';
import {
  ConfirmCurrentInput,
  RestoreRevisionInput,
  SaveTranslationInput,
  type TargetInput,
} from './translation-inputs.js';
import type { TranslationWriter } from './translation-writer.js';

@Resolver()
export class TranslationMutationResolver {
  constructor(private readonly writer: TranslationWriter) {}

  @Mutation(() => SaveTranslationResult, {
    description:
      'Writes some segments of a translation, all of them or none. Where the revision or the digest of a source is not what was quoted, nothing is written and the answer is a RevisionConflict. An approved text is a draft again.',
  })
  async saveTranslation(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => SaveTranslationInput) input: SaveTranslationInput,
  ): Promise<typeof SaveTranslationResult> {
    const { expectedRevision, origin = null, segments } = input;
    return this.writer.perform(context, info, 'WRITE_TRANSLATION', input, (manager, place, by) => {
      const targets = segments.map(targetOf);
      return saveTranslation(manager, { ...place, expectedRevision, origin, targets }, by);
    });
  }

  @Mutation(() => SaveTranslationResult, {
    description:
      'The source changed, the translation is still right: records the new digest and who said so. The text stays where it is in the workflow.',
  })
  async confirmCurrent(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => ConfirmCurrentInput) input: ConfirmCurrentInput,
  ): Promise<typeof SaveTranslationResult> {
    const { expectedRevision, keys, sourceDigests = null } = input;
    return this.writer.perform(context, info, 'WRITE_TRANSLATION', input, (manager, place, by) => {
      return confirmCurrent(manager, { ...place, expectedRevision, keys, sourceDigests }, by);
    });
  }

  @Mutation(() => SaveTranslationResult, {
    description:
      'Gives one locale the text of an earlier revision as a new one; the others stay as they are. Each text keeps the source that it was made from then, so it may be STALE. Segments that the original has lost since stay lost; an original gets its own back, as a SUBSTANTIVE change.',
  })
  async restoreRevision(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => RestoreRevisionInput) input: RestoreRevisionInput,
  ): Promise<typeof SaveTranslationResult> {
    const { expectedRevision, revision } = input;
    const action = await this.writer.rightTo(context, 'WRITE_TRANSLATION', input);
    return this.writer.perform(context, info, action, input, (manager, place, by) => {
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
