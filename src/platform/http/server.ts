import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type pg from 'pg';
import type { Logger } from 'pino';

import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { tagsOf } from '../graphql/request-context.js';
import { faultOf } from '../graphql/faults.js';
import { messageLocale } from '../i18n/caller-locale.js';
import type { Messages } from '../i18n/messages.js';

export interface HttpParts {
  readonly messages: Messages;
  readonly localeOrder: readonly Locale[];
  readonly log: Logger;
  readonly readPool: pg.Pool;
}

/** In bytes. */
const LARGEST_BODY = 1024 * 1024;
/** A caller who takes longer to say what they want is cut off. */
const SLOWEST_REQUEST_MS = 30_000;
/** While the server ends, a new connection is used at once or not at all. */
const LATE_MS = 500;
/** A readiness check that takes longer than this is a "no". */
const READY_MS = 2_000;

/** The server without GraphQL: health, limits, and errors in the caller's language. */
export function createHttpServer(parts: HttpParts): FastifyInstance {
  const http = Fastify({
    loggerInstance: parts.log,
    // What goes wrong is logged where it is known by name.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY,
    requestTimeout: SLOWEST_REQUEST_MS,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
    // Requests that come while the server drains are answered, not cut off.
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;

  let draining = false;
  http.addHook('preClose', async () => {
    draining = true;
  });
  http.addHook<unknown>('onSend', async (request, reply, payload) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    // Else the connection of a request that was under way stays open, and the process with it.
    if (draining) reply.header('connection', 'close');
    const isUnnamed = isUnnamedRefusal(reply.statusCode, payload);
    if (isUnnamed) reply.removeHeader('content-length').header('vary', 'Accept-Language');
    if (request.headers.authorization !== undefined) varyByToken(reply);
    return isUnnamed ? invalidRequest(parts, request) : payload;
  });
  http.setErrorHandler((error, request, reply) => sendFault(parts, error, request, reply));
  http.setNotFoundHandler((request, reply) => {
    const error = new AppError('NOT_FOUND');
    const message = textFor(parts, request.headers['accept-language'], error, request.id);
    const extensions = { code: error.row.code, reason: error.reason, requestId: request.id };
    return reply
      .code(404)
      .header('vary', 'Accept-Language')
      .send({ errors: [{ message, extensions }] });
  });
  addHealth(http, parts, () => draining);
  endUnusedConnections(http);
  return http;
}

/** Clients open connections in advance; one that nothing was ever sent over would hold up the end of the server. */
function endUnusedConnections(http: FastifyInstance): void {
  const open = new Set<Socket>();
  let ending = false;
  const end = (socket: Socket): void => void (socket.bytesRead === 0 && socket.destroy());
  http.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    if (ending) setTimeout(end, LATE_MS, socket).unref();
  });
  http.addHook('preClose', async () => {
    ending = true;
    open.forEach(end);
  });
}

function sendFault(
  parts: HttpParts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const { error: named, cause } =
    status < 500 ? { error: refusalOf(status, error), cause: error } : faultOf(error);
  const { reason, row } = named;
  // RFC 6750 §3.
  if (reason === 'TOKEN_INVALID') {
    reply.header('www-authenticate', 'Bearer error="invalid_token"');
    parts.log.info({ requestId: request.id, reason, why: named.cause }, 'A token was refused');
  }
  if (row.level !== 'info') parts.log[row.level]({ requestId: request.id, reason, err: cause });
  const message = textFor(parts, request.headers['accept-language'], named, request.id);
  const extensions = { code: row.code, reason, requestId: request.id };
  return reply
    .code(status < 500 ? status : row.status)
    .header('vary', 'Accept-Language')
    .send({ errors: [{ message, extensions }] });
}

function refusalOf(status: number, error: unknown): AppError {
  if (status === 413) return new AppError('REQUEST_TOO_LARGE', { max: LARGEST_BODY });
  return new AppError('REQUEST_INVALID', { detail: String(error) });
}

/** What one person is answered is for no other. */
function varyByToken(reply: FastifyReply): void {
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'Authorization' : `${String(vary)}, Authorization`);
  reply.header('cache-control', 'no-store');
}

function invalidRequest(parts: HttpParts, { headers, id }: FastifyRequest): string {
  const error = new AppError('REQUEST_INVALID');
  const message = textFor(parts, headers['accept-language'], error, id);
  const extensions = { code: error.row.code, reason: error.reason, requestId: id };
  return JSON.stringify({ errors: [{ message, extensions }] });
}

/** What Apollo refuses before there is an operation (a batch, CSRF, no query) never reaches its plugins. */
function isUnnamedRefusal(status: number, payload: unknown): boolean {
  if (status < 400 || status >= 500 || typeof payload !== 'string') return false;
  return payload.startsWith('{"errors":') && !payload.includes('"reason":');
}

function textFor(
  { messages, localeOrder }: HttpParts,
  header: string | undefined,
  { reason, vars }: AppError,
  requestId: string,
): string {
  const locale = messageLocale(tagsOf(header), [], localeOrder);
  return messages.text(locale, `errors:${reason}`, { requestId, ...vars });
}

/** /livez: the process is there. /readyz: it can answer queries: send it requests. */
function addHealth(
  http: FastifyInstance,
  { readPool }: HttpParts,
  isDraining: () => boolean,
): void {
  http.get('/livez', async () => ({ status: 'ok' }));
  http.get('/readyz', async (_request, reply) => {
    const database = !isDraining() && (await answers(readPool));
    const status = database ? 'ok' : isDraining() ? 'draining' : 'no database';
    return reply
      .code(database ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status });
  });
}

async function answers(pool: pg.Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_MS);
  });
  const asked = pool.query('SELECT seq FROM published.change_log_head').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
