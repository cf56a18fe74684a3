import type { DataSource, EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import type { IdempotencyKey } from './idempotency-key.js';

/**
 * Claims a key for this transaction. A second request with the same key waits here until the first transaction ends.
 *
 * @returns the stored result of the first request, as JSON; null if this is the first
 * @throws AppError IDEMPOTENCY_KEY_REUSED if the key was used for another request
 */
export async function claimKey<T extends object>(
  manager: EntityManager,
  at: IdempotencyKey,
): Promise<T | null> {
  const claimed = await manager.query<object[]>(
    `INSERT INTO authoring.first_answer (account, key, field, request_digest) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [at.account, at.key, at.field, at.requestDigest],
  );
  return claimed.length > 0 ? null : findResult(manager, at);
}

/**
 * @returns the result that is stored under a key; null if there is none
 * @throws AppError IDEMPOTENCY_KEY_REUSED if the key was used for another request
 */
export async function findResult<T extends object>(
  db: Pick<EntityManager, 'query'>,
  { account, key, field, requestDigest }: IdempotencyKey,
): Promise<T | null> {
  const [row] = await db.query<{ request_digest: string; result: T | null }[]>(
    'SELECT request_digest, answer AS result FROM authoring.first_answer WHERE (account, key, field) = ($1, $2, $3)',
    [account, key, field],
  );
  if (row && row.request_digest !== requestDigest) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return row?.result ?? null;
}

/** Stores the result of the claimed field. */
export async function saveResult(
  manager: EntityManager,
  { account, key, field }: IdempotencyKey,
  result: unknown,
): Promise<void> {
  await manager.query(
    'UPDATE authoring.first_answer SET answer = $4 WHERE (account, key, field) = ($1, $2, $3)',
    [account, key, field, JSON.stringify(result)],
  );
}

/**
 * Stores the response to a whole operation, unless there is one.
 *
 * @returns the response that was stored before; null if this is the first
 */
export async function saveResponse<T extends object>(
  db: Pick<DataSource, 'query'>,
  at: IdempotencyKey,
  response: T,
): Promise<T | null> {
  const saved = await db.query<object[]>(
    `INSERT INTO authoring.first_answer (account, key, field, request_digest, answer) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [at.account, at.key, at.field, at.requestDigest, JSON.stringify(response)],
  );
  return saved.length > 0 ? null : findResult(db, at);
}

/** Two days are far longer than a client retries a request whose response it did not receive. For a worker. */
export async function deleteExpiredKeys(db: Pick<DataSource, 'query'>): Promise<void> {
  await db.query(`DELETE FROM authoring.first_answer WHERE at < now() - interval '48 hours'`);
}
