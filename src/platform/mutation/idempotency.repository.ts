import type { DataSource, EntityManager } from 'typeorm';

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
 * @returns what the first came to, as JSON; null where this is the first
 * @throws AppError IDEMPOTENCY_KEY_REUSED where the key was used for something else
 */
export async function claimAnswer<T extends object>(
  manager: EntityManager,
  at: AnswerKey,
): Promise<T | null> {
  const claimed = await manager.query<object[]>(
    `INSERT INTO authoring.first_answer (account, key, field, request_digest) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [at.account, at.key, at.field, at.requestDigest],
  );
  return claimed.length > 0 ? null : findAnswer(manager, at);
}

/**
 * @returns what was kept under a key; null where nothing was
 * @throws AppError IDEMPOTENCY_KEY_REUSED where the key was used for something else
 */
export async function findAnswer<T extends object>(
  db: Pick<EntityManager, 'query'>,
  { account, key, field, requestDigest }: AnswerKey,
): Promise<T | null> {
  const [row] = await db.query<{ request_digest: string; answer: T | null }[]>(
    'SELECT request_digest, answer FROM authoring.first_answer WHERE (account, key, field) = ($1, $2, $3)',
    [account, key, field],
  );
  if (row && row.request_digest !== requestDigest) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return row?.answer ?? null;
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

/**
 * Keeps the answer to a whole operation, unless there is one.
 *
 * @returns the one that was there; null where this is the first
 */
export async function keepWholeAnswer<T extends object>(
  db: Pick<DataSource, 'query'>,
  at: AnswerKey,
  answer: T,
): Promise<T | null> {
  const kept = await db.query<object[]>(
    `INSERT INTO authoring.first_answer (account, key, field, request_digest, answer) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [at.account, at.key, at.field, at.requestDigest, JSON.stringify(answer)],
  );
  return kept.length > 0 ? null : findAnswer(db, at);
}

/** After two days a client that repeats is no longer the one that did not hear. For a worker, now and then. */
export async function forgetOldAnswers(db: Pick<DataSource, 'query'>): Promise<void> {
  await db.query(`DELETE FROM authoring.first_answer WHERE at < now() - interval '48 hours'`);
}
