import { createHash } from 'node:crypto';

/** One field of an operation that was sent with an idempotency key. */
export interface IdempotencyKey {
  readonly account: string;
  readonly key: string;
  /** Its response path; {@link WHOLE_OPERATION} for the operation as a whole. */
  readonly field: string;
  readonly requestDigest: string;
}

export const WHOLE_OPERATION = '';

/** Two requests have the same digest exactly if document, operation name and variables are the same. */
export function requestDigest(
  document: string | undefined,
  operationName: string | undefined,
  variables: unknown,
): string {
  const request = JSON.stringify([document, operationName, variables]);
  return createHash('sha256').update(request).digest('base64url');
}
