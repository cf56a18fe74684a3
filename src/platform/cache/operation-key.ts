import { createHash } from 'node:crypto';

/** An operation as a client requests it. */
export interface OperationIdentity {
  readonly query: string | undefined;
  /** The SHA-256 of a query that the client does not send (APQ), or the id of a registered operation. */
  readonly hash: string | undefined;
  readonly operationName: string | null;
  readonly variables: unknown;
}

/**
 * Identifies an operation with its variables: two requests have the same key if and only if they request the same.
 *
 * @returns null for a request with both a query and a hash, or neither: Apollo Server decides about those
 */
export function operationKey({
  query,
  hash,
  operationName,
  variables,
}: OperationIdentity): string | null {
  if (query !== undefined && hash !== undefined) return null;
  if (query === undefined && hash === undefined) return null;
  const digest = query === undefined ? hash : createHash('sha256').update(query).digest('hex');
  return canonicalJson([digest, operationName, variables ?? null]);
}

/** JSON with the members of objects sorted by name, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  // JSON.parse reads 1e400 as Infinity, which JSON.stringify writes as null.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value).sort();
  const record = value as Record<string, unknown>;
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(record[name])}`).join(',')}}`;
}
