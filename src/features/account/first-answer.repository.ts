import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';

/** One field of an operation that was sent with an idempotency key. */
export interface AnswerKey {
  readonly account: string;
  readonly key: string;
  /** Its response path; '' for the operation as a whole. */
  readonly field: string;
  readonly requestDigest: string;
}

/**
 * Claims a key for this transaction. Whoever comes second waits here until the first has ended.
 *
 * @returns what the first came to, as JSON; undefined where this is the first
 * @throws AppError IDEMPOTENCY_KEY_REUSED where the key was used for something else
 */
export async function claimAnswer(manager: EntityManager, at: AnswerKey): Promise<unknown> {
  const claimed = await manager.query<object[]>(
    `INSERT INTO authoring.first_answer (account, key, field, request_digest) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [at.account, at.key, at.field, at.requestDigest],
  );
  if (claimed.length > 0) return undefined;
  const [row] = await manager.query<{ request_digest: string; answer: unknown }[]>(
    'SELECT request_digest, answer FROM authoring.first_answer WHERE (account, key, field) = ($1, $2, $3)',
    [at.account, at.key, at.field],
  );
  if (row?.request_digest !== at.requestDigest) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return row.answer;
}

/** Keeps what the claimed field came to. */
export async function keepAnswer(
  manager: EntityManager,
  { account, key, field }: AnswerKey,
  answer: unknown,
): Promise<void> {
  await manager.query(
    'UPDATE authoring.first_answer SET answer = $4 WHERE (account, key, field) = ($1, $2, $3)',
    [account, key, field, JSON.stringify(answer)],
  );
}
