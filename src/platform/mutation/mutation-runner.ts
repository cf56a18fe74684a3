import { createHash } from 'node:crypto';

import type { GraphQLResolveInfo } from 'graphql';
import type { DataSource, EntityManager } from 'typeorm';

import { type Action, authorize, type Viewer } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { Refusal } from '../../kernel/refusal.js';
import { withTransaction } from '../db/index.js';
import type { RequestContext } from '../graphql/execution/request-context.js';
import { recordAudit } from './audit.repository.js';
import { type AnswerKey, claimAnswer, keepAnswer } from './idempotency.repository.js';

/** A mutation before it is done. */
export interface Task {
  readonly action: Action;
  /** null or absent for an action that is not of one locale. */
  readonly locale?: Locale | null;
  /** For the audit: ids and names of what it is done to; never a text. */
  readonly subject: Readonly<Record<string, unknown>>;
}

/** What is to be the very last statement of a transaction, after the audit row: the change log's number. */
export type LastStep = () => Promise<unknown>;

export type Work<T> = (
  manager: EntityManager,
  viewer: Viewer,
  atLast: (step: LastStep) => void,
) => Promise<T>;

/** Through which every mutation goes. */
export class Desk {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Checks the right, then does the work in one transaction with its audit row. Sent again with the same idempotency
   * key, it is not done again: the first outcome is given. `work` may run more than once, so it must have no effect but
   * on the database, and what it returns must be plain JSON.
   *
   * @returns the outcome, or why it was refused: then nothing is written
   * @throws AppError UNAUTHENTICATED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED; what is no {@link Refusal} comes through
   */
  async perform<T extends object>(
    context: RequestContext,
    info: GraphQLResolveInfo,
    { action, locale = null, subject }: Task,
    work: Work<T>,
  ): Promise<T | Refusal> {
    const viewer = authorize(context.viewer, action, locale);
    const field = answerKey(context, info, viewer);
    try {
      let first: T | null = null;
      const done = await withTransaction(this.dataSource, async (manager) => {
        first = field && (await claimAnswer<T>(manager, field));
        if (first) return first;
        let last: LastStep | null = null;
        const outcome = await work(manager, viewer, (step) => (last = step));
        const { accountId: by } = viewer;
        const { requestId } = context;
        await recordAudit(manager, { by, mutation: info.fieldName, subject, requestId });
        if (field) await keepAnswer(manager, field, outcome);
        await (last as LastStep | null)?.();
        return outcome;
      });
      if (field) context.outcomes.kept += 1;
      if (first) context.outcomes.replayed += 1;
      return done;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    } finally {
      await context.renew();
    }
  }
}

function answerKey(
  { idempotencyKey }: RequestContext,
  { path, operation, variableValues }: GraphQLResolveInfo,
  { accountId }: Viewer,
): AnswerKey | null {
  if (idempotencyKey === null) return null;
  const asked = JSON.stringify([operation.loc?.source.body, operation.name?.value, variableValues]);
  const requestDigest = createHash('sha256').update(asked).digest('base64url');
  return { account: accountId, key: idempotencyKey, field: String(path.key), requestDigest };
}
