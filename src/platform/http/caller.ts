import type { IncomingHttpHeaders } from 'node:http';

import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';

import type { Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';

/** The sender of a request, and the idempotency key by which a retry is recognized. */
export interface Caller {
  readonly viewer: Viewer | null;
  readonly idempotencyKey: string | null;
}

const MAX_KEY_LENGTH = 200;
const PRINTABLE = /^[\x20-\x7e]+$/;

const callers = new WeakMap<FastifyRequest, Caller>();

/**
 * A hook that identifies the caller before the query is read: an invalid token is refused with any query.
 *
 * @param identify finds the caller by the header Authorization
 */
export function identifyCaller(
  identify: (authorization: string | undefined) => Promise<Viewer | null>,
): preHandlerAsyncHookHandler {
  return async (request) => {
    callers.set(request, await findCaller(identify, request));
  };
}

/** @throws AppError TOKEN_INVALID and others of `identify`, IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEYS_DIFFER */
export async function findCaller(
  identify: (authorization: string | undefined) => Promise<Viewer | null>,
  request: IdentifiedRequest,
): Promise<Caller> {
  const { authorization } = request.headers;
  const viewer = authorization === undefined ? null : await identify(authorization);
  return { viewer, idempotencyKey: idempotencyKeyOf(request) };
}

/** The parts of a request that {@link findCaller} reads. */
interface IdentifiedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** The caller that {@link identifyCaller} found. */
export function callerOf(request: FastifyRequest): Caller {
  return callers.get(request) ?? { viewer: null, idempotencyKey: null };
}

/** From the header (IETF draft), or from the operation's extensions for clients that set no headers. */
function idempotencyKeyOf({ headers, body }: IdentifiedRequest): string | null {
  const header = headers['idempotency-key'] ?? null;
  const own = (body as { extensions?: { idempotencyKey?: unknown } } | null | undefined)?.extensions
    ?.idempotencyKey;
  const [key, other] = [header, own ?? null].filter((given) => given !== null);
  if (key === undefined) return null;
  if (other !== undefined && other !== key) throw new AppError('IDEMPOTENCY_KEYS_DIFFER');
  if (typeof key === 'string' && key.length <= MAX_KEY_LENGTH && PRINTABLE.test(key)) return key;
  throw new AppError('IDEMPOTENCY_KEY_INVALID', { max: MAX_KEY_LENGTH });
}
