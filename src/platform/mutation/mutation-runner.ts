import type { GraphQLResolveInfo } from 'graphql';
import type { DataSource, EntityManager } from 'typeorm';

import { type Action, authorize, type Viewer } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { Refusal } from '../../kernel/refusal.js';
import { withTransaction } from '../db/index.js';
import type { RequestContext } from '../graphql/execution/request-context.js';
import type { AuditEntry } from './audit.repository.js';
import { type IdempotencyKey, requestDigest } from './idempotency-key.js';

/** What a mutation is about to do. */
export interface MutationTask {
  readonly action: Action;
  /** null or absent for an action that is not limited to one locale. */
  readonly locale?: Locale | null;
  /** For the audit: ids and names of what is changed; never a text. */
  readonly subject: Readonly<Record<string, unknown>>;
}

/** The very last statement of a transaction, after the audit row: it takes the change log's number. */
export type FinalStatement = () => Promise<unknown>;

/** May run more than once, so it must have no effects except on the database. Its result must be plain JSON. */
export type MutationWork<T> = (
  manager: EntityManager,
  viewer: Viewer,
  beforeCommit: (statement: FinalStatement) => void,
) => Promise<T>;

export interface MutationRunnerDependencies {
  readonly dataSource: DataSource;
  readonly audit: {
    recordAudit(manager: EntityManager, entry: AuditEntry): Promise<void>;
  };
  readonly idempotency: {
    claimKey<T extends object>(manager: EntityManager, key: IdempotencyKey): Promise<T | null>;
    saveResult(manager: EntityManager, key: IdempotencyKey, result: unknown): Promise<void>;
  };
}

/** Runs every mutation: right, work, audit and idempotency. */
export class MutationRunner {
  constructor(private readonly dependencies: MutationRunnerDependencies) {}

  /**
   * Checks the right, then does the work in one transaction with its audit row. If the request is repeated with the
   * same idempotency key, the work is not done again: the stored result of the first request is returned.
   *
   * @returns the result of the work, or the reason for a refusal: then nothing is written
   * @throws AppError UNAUTHENTICATED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED; errors other than a {@link Refusal} are passed
   *   on
   */
  async run<T extends object>(
    context: RequestContext,
    info: GraphQLResolveInfo,
    { action, locale = null, subject }: MutationTask,
    work: MutationWork<T>,
  ): Promise<T | Refusal> {
    const { dataSource, audit, idempotency } = this.dependencies;
    const viewer = authorize(context.caller.viewer, action, locale);
    const key = keyOf(context, info, viewer);
    try {
      let stored: T | null = null;
      const result = await withTransaction(dataSource, async (manager) => {
        stored = key && (await idempotency.claimKey<T>(manager, key));
        if (stored) return stored;
        let final: FinalStatement | null = null;
        const outcome = await work(manager, viewer, (statement) => (final = statement));
        const { accountId: by } = viewer;
        const { requestId } = context.caller;
        await audit.recordAudit(manager, { by, mutation: info.fieldName, subject, requestId });
        if (key) await idempotency.saveResult(manager, key, outcome);
        await (final as FinalStatement | null)?.();
        return outcome;
      });
      if (key) context.outcomes.recorded += 1;
      if (stored) context.outcomes.replayed += 1;
      return result;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    } finally {
      await context.closeSnapshots();
    }
  }
}

function keyOf(
  { caller: { idempotencyKey } }: RequestContext,
  { path, operation, variableValues }: GraphQLResolveInfo,
  { accountId }: Viewer,
): IdempotencyKey | null {
  if (idempotencyKey === null) return null;
  return {
    account: accountId,
    key: idempotencyKey,
    field: String(path.key),
    requestDigest: requestDigest(operation.loc?.source.body, operation.name?.value, variableValues),
  };
}
