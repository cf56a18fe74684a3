import { createHash } from 'node:crypto';

/** An operation as a client asks for it. */
export interface AskedOperation {
  readonly query: string | undefined;
  /** The digest of a text that the client does not send, or the id of a registered operation. */
  readonly hash: string | undefined;
  readonly operationName: string | null;
  readonly variables: unknown;
}

/**
 * Names an operation with its variables: two requests have the same name exactly when they ask for the same. Null for
 * one that is asked for in two ways at once, which only Apollo Server may judge.
 */
export function operationKey({
  query,
  hash,
  operationName,
  variables,
}: AskedOperation): string | null {
  if (query !== undefined && hash !== undefined) return null;
  if (query === undefined && hash === undefined) return null;
  const digest = query === undefined ? hash : createHash('sha256').update(query).digest('hex');
  return canonicalJson([digest, operationName, variables ?? null]);
}

/** JSON text in which members stand in the order of their names, so that one value has one text. */
export function canonicalJson(value: unknown): string {
  // 1e400 is read as Infinity, which JSON would write as null.
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value).sort();
  const record = value as Record<string, unknown>;
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson(record[name])}`).join(',')}}`;
}
