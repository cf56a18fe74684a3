import type { GraphQLResolveInfo } from 'graphql';

import type { Action } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { Refusal } from '../../kernel/refusal.js';
import { type Problem, problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { MutationRunner, MutationWork } from '../../platform/mutation/mutation-runner.js';
import { findOriginalLocale, type TextPlace } from '../translation/index.js';
import type { EditorialSessions } from './editorial-session.js';
import { findReleaseId, releaseIdOf, subjectOf } from './ids.js';
import { translationNode } from './nodes.js';
import { TranslationPayload } from './payloads.js';

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

/** One mutation of one text, from its input to its payload. */
export class TranslationWriter {
  constructor(
    private readonly runner: MutationRunner,
    private readonly sessions: EditorialSessions,
  ) {}

  async run(
    context: RequestContext,
    info: GraphQLResolveInfo,
    action: Action,
    { releaseId, locale }: PlaceInput,
    work: TextWork,
  ): Promise<TranslationPayload | Problem> {
    const task = { action, locale, subject: { releaseId: subjectOf(releaseId), locale } };
    const result = await this.runner.run(context, info, task, async (manager, viewer) => {
      const place = { releaseId: releaseIdOf(releaseId), locale };
      await work(manager, place, viewer.accountId);
      return place;
    });
    if (result instanceof Refusal) return problemOf(context, result);
    const release = await this.sessions.of(context).release.load(result.releaseId);
    const record = release?.translations.find((one) => one.locale === locale);
    if (!record) throw new Error('a text that was just written is gone');
    return Object.assign(new TranslationPayload(), { translation: translationNode(record) });
  }

  /**
   * The right that it takes to write this text: an original is not everybody's who may translate.
   *
   * @throws AppError UNAUTHENTICATED, FORBIDDEN for whoever may see no work at all
   */
  async rightTo(
    context: RequestContext,
    translating: Action,
    { releaseId, locale }: PlaceInput,
  ): Promise<Action> {
    const { snapshot } = this.sessions.of(context);
    const id = findReleaseId(releaseId);
    const original = id === null ? null : await findOriginalLocale(snapshot, id);
    // The transaction may have to wait for others: no snapshot is held meanwhile.
    await context.renew();
    return original === locale ? 'WRITE_ORIGINAL' : translating;
  }
}
