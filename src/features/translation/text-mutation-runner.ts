import type { GraphQLResolveInfo } from 'graphql';

import type { Action } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { Refusal } from '../../kernel/refusal.js';
import { type Problem, problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { MutationRunner, MutationWork } from '../../platform/mutation/mutation-runner.js';
import {
  auditedReleaseId,
  type EditorialLoaders,
  findReleaseId,
  getReleaseId,
  type LoadersBySnapshot,
} from '../release/index.js';
import type { TextPlace } from './text-place.js';
import { findOriginalLocale } from './translation.repository.js';
import { localeNode, TranslationPayload } from './translation.types.js';

/** An input that names one locale of a release by its global id. */
interface PlaceInput {
  readonly releaseId: string;
  readonly locale: Locale;
}

type TextWork = (
  manager: Parameters<MutationWork<object>>[0],
  place: TextPlace,
  by: string,
) => Promise<unknown>;

/** Runs a mutation of one text, from its input to its payload. */
export class TextMutationRunner {
  constructor(
    private readonly runner: MutationRunner,
    private readonly loaders: LoadersBySnapshot<EditorialLoaders>,
  ) {}

  async run(
    context: RequestContext,
    info: GraphQLResolveInfo,
    action: Action,
    { releaseId, locale }: PlaceInput,
    work: TextWork,
  ): Promise<TranslationPayload | Problem> {
    const task = { action, locale, subject: { releaseId: auditedReleaseId(releaseId), locale } };
    const result = await this.runner.run(context, info, task, async (manager, viewer) => {
      const place = { releaseId: getReleaseId(releaseId), locale };
      await work(manager, place, viewer.accountId);
      return place;
    });
    if (result instanceof Refusal) return problemOf(context, result);
    const release = await this.loaders.of(context).release.load(result.releaseId);
    if (!release) throw new Error('the release of a text that was just written is gone');
    return Object.assign(new TranslationPayload(), { translation: localeNode(release, locale) });
  }

  /**
   * The action that the caller must be allowed to take: the original needs another right than a translation.
   *
   * @throws AppError UNAUTHENTICATED, FORBIDDEN for a caller who may not read work at all
   */
  async requiredAction(
    context: RequestContext,
    translating: Action,
    { releaseId, locale }: PlaceInput,
  ): Promise<Action> {
    const staffSnapshot = context.staffSnapshot();
    const id = findReleaseId(releaseId);
    const original = id === null ? null : await findOriginalLocale(staffSnapshot, id);
    // The transaction may wait for others: no snapshot stays open meanwhile.
    await context.closeSnapshots();
    return original === locale ? 'WRITE_ORIGINAL' : translating;
  }
}
