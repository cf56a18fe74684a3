import { createHash } from 'node:crypto';

import { type GraphQLSchema, specifiedRules } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

import { AppError } from '../../../kernel/errors.js';
import { copyRule } from '../schema/copy-rule.js';
import { limitRule } from '../limits/limit-rule.js';
import type { QueryLimits } from '../limits/limits.js';
import { normalText } from './normal-text.js';
import { readManifests, type RegisteredOperation } from './operation-manifest.js';
import { parseWithin } from '../limits/parse-within.js';
import { withoutValues } from './without-values.js';

/**
 * Which operations run. `open`: all, within the limits. `log`: all, but those that are not registered are counted and
 * logged. `registered`: only those that are registered.
 */
export const OPERATION_MODES = ['open', 'log', 'registered'] as const;
export type OperationMode = (typeof OPERATION_MODES)[number];

export interface OperationSettings {
  readonly mode: OperationMode;
  /** Files in Apollo's format; null for the one that this project ships. */
  readonly manifests: readonly string[] | null;
}

/** The parts of a request that identify its operation. */
export interface ReceivedOperation {
  readonly query?: string | undefined;
  readonly operationName?: string | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The decision on a request. */
export type OperationDecision =
  /** Run this text. If `keep` is set, it came with its own hash, and is to be cached under it. */
  | { readonly do: 'run'; readonly query: string; readonly keep: boolean }
  /** A hash without a text, which is in no manifest: its text may be cached. */
  | { readonly do: 'lookUp'; readonly hash: string }
  | { readonly do: 'refuse'; readonly error: AppError };

/**
 * How many requests of each kind were checked since the start, without those that were served from the response cache.
 * In the mode `open`, only exact texts are looked up.
 */
export interface OperationCounts {
  registered: number;
  unregistered: number;
  refused: number;
}

interface PersistedOptions {
  readonly mode: OperationMode;
  readonly operations: readonly RegisteredOperation[];
  /** They apply to registered operations too. */
  readonly limits: QueryLimits;
  readonly log: Logger;
}

/**
 * Loads the operations of the given manifests.
 *
 * @throws AppError OPERATIONS_MANIFEST_INVALID
 */
export async function openPersistedOperations({
  manifests,
  schema,
  ...parts
}: Omit<PersistedOptions, 'operations'> & {
  readonly manifests: readonly string[];
  readonly schema: GraphQLSchema;
}): Promise<PersistedOperations> {
  const rules = [...specifiedRules, limitRule(parts.limits), copyRule];
  return new PersistedOperations({
    ...parts,
    operations: await readManifests(manifests, { schema, rules }),
  });
}

/** How many unregistered operations are distinguished in the log. */
const MAX_LOGGED = 1_000;
/** How many texts are cached by their hashes, so that they need not be parsed again. */
const MAX_FOUND = 10_000;

/**
 * Decides whether an operation runs. There are no exceptions, not even for staff and the explorer: any client that
 * passes for an exception would bypass the check. Our own tools have their own manifest.
 */
export class PersistedOperations {
  readonly counts: OperationCounts = { registered: 0, unregistered: 0, refused: 0 };
  readonly mode: OperationMode;
  private readonly byId: ReadonlyMap<string, RegisteredOperation>;
  private readonly byText = new Map<string, RegisteredOperation>();
  /** Operations by the hash of a text that differs only in its formatting. */
  private readonly byHash = new LRUCache<string, RegisteredOperation>({ max: MAX_FOUND });
  /** How often each unregistered operation was requested, by hash. */
  private readonly logged = new LRUCache<string, { count: number }>({ max: MAX_LOGGED });
  private readonly limits: QueryLimits;
  private readonly log: Logger;

  constructor({ mode, operations, limits, log }: PersistedOptions) {
    this.mode = mode;
    this.limits = limits;
    this.log = log;
    this.byId = new Map(operations.map((one) => [one.id, one]));
    for (const one of operations) this.byText.set(one.normal, one).set(one.body, one);
  }

  /** Counts the request, and in the mode `log` reports an operation that is not registered. */
  decide(received: ReceivedOperation): OperationDecision {
    const { query = '' } = received;
    const persisted = received.extensions?.['persistedQuery'] ?? null;
    const hash = hashOf(persisted);
    if (persisted !== null && hash === null) return refuse('PERSISTED_QUERY_MALFORMED');
    if (query === '') return this.decideHash(hash);
    const own = hash === null ? null : sha256(query);
    const known = hash === null ? undefined : this.byId.get(hash);
    const found = this.find(query, known !== undefined);
    if (hash !== own && !(known && found === known)) return refuse('PERSISTED_QUERY_MISMATCH');
    return this.run(query, { found, operationName: received.operationName, hash: own });
  }

  /** Counts a text that was found by its hash, as {@link decide} does. */
  note(query: string, operationName: string | null | undefined): void {
    this.run(query, { found: this.find(query, false), operationName, hash: null });
  }

  private decideHash(hash: string | null): OperationDecision {
    if (hash === null) return refuse('REQUEST_INVALID');
    const known = this.byId.get(hash) ?? this.byHash.get(hash);
    if (!known) return { do: 'lookUp', hash };
    this.counts.registered += 1;
    return { do: 'run', query: known.body, keep: false };
  }

  private run(query: string, { found, operationName, hash }: Found): OperationDecision {
    if (this.mode === 'registered') {
      this.counts[found ? 'registered' : 'refused'] += 1;
      if (!found) return refuse('OPERATION_NOT_REGISTERED');
      // The registered text, so that caches by text have one entry for each operation.
      return { do: 'run', query: found.body, keep: false };
    }
    this.counts[found ? 'registered' : 'unregistered'] += 1;
    if (!found && this.mode === 'log') this.logUnregistered(query, operationName);
    return { do: 'run', query, keep: hash !== null && hash !== found?.id };
  }

  /** @param byShape also finds a text that differs only in its formatting */
  private find(query: string, byShape: boolean): RegisteredOperation | undefined {
    const exact = this.byText.get(query);
    if (exact || (this.mode === 'open' && !byShape)) return exact;
    const hash = sha256(query);
    const seen = this.byHash.get(hash);
    if (seen || this.logged.has(hash)) return seen;
    const document = parseWithin(query, this.limits);
    const found = document ? this.byText.get(normalText(document)) : undefined;
    if (found) this.byHash.set(hash, found);
    return found;
  }

  /** Logs requests 1, 10, 100, … of an operation: a busy client does not fill the log. */
  private logUnregistered(query: string, operationName: string | null | undefined): void {
    const hash = sha256(query);
    const seen = this.logged.get(hash) ?? { count: 0 };
    seen.count += 1;
    this.logged.set(hash, seen);
    if (!Number.isInteger(Math.log10(seen.count))) return;
    const { count } = seen;
    const document = count === 1 ? parseWithin(query, this.limits) : null;
    const text = document ? { text: withoutValues(document) } : {};
    const entry = { operationName: operationName?.slice(0, 200) ?? null, hash, count, ...text };
    this.log.warn(entry, 'An operation is not registered');
  }
}

interface Found {
  readonly found: RegisteredOperation | undefined;
  readonly operationName: string | null | undefined;
  /** The hash that the text was sent with, if it is the hash of the text. */
  readonly hash: string | null;
}

function refuse(reason: AppError['reason']): OperationDecision {
  return { do: 'refuse', error: new AppError(reason) };
}

/** @returns null for a value that does not follow Apollo's protocol, version 1 */
function hashOf(persisted: unknown): string | null {
  const { version, sha256Hash } = (persisted ?? {}) as Record<string, unknown>;
  return version === 1 && typeof sha256Hash === 'string' && sha256Hash !== '' ? sha256Hash : null;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
