import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type pg from 'pg';

import { AppError } from '../../kernel/errors.js';
import type { HttpMeters } from '../observe/http-meters.js';
import {
  sendClientError,
  MAX_HEADER_BYTES,
  MAX_HEADERS_MS,
  MAX_REQUEST_MS,
} from './client-error.js';
import {
  faultResponse,
  faultBody,
  faultLanguage,
  type FaultOptions,
  isUnnamedRefusal,
  MAX_BODY_BYTES,
} from './fault-response.js';
import type { DrainState } from './drain-state.js';
import { type GatewayResponse, gatewayResponse } from './gateway-response.js';
import { parseBody } from './request-body.js';

export interface HttpOptions extends FaultOptions {
  readonly readPool: pg.Pool;
  /** How long ago the change log was last read with success. */
  readonly changeFeed: { readonly ageSeconds: number };
  readonly drain: DrainState;
  /** Counts the responses of all routes. */
  readonly meters: HttpMeters;
  /** Whether writes are refused because the primary is unavailable or of a newer version. */
  readonly isForReadersOnly?: () => boolean;
  /** Handle requests before they reach the framework. */
  readonly entrances?: readonly Entrance[];
}

/** A part of the server that works directly on node:http. */
export interface Entrance {
  /** For the metrics. */
  readonly pattern: string;
  /** @returns whether the request is handled; others are left to the next part, and then to the framework */
  readonly enter: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Longer than a load balancer holds an idle connection, so that the server is never the first to close it. */
const KEEP_ALIVE_MS = 72_000;
/** While the server closes, a new connection that is not used within this time is closed. */
const LATE_MS = 500;
/** A readiness check that takes longer than this has failed. */
const READY_MS = 2_000;

/** The server without GraphQL: health, limits, and errors in the caller's language. */
export function createHttpServer(parts: HttpOptions): FastifyInstance {
  const { drain, meters } = parts;
  let closing = false;
  const http = Fastify({
    loggerInstance: parts.log,
    // Errors are logged where they are classified.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    serverFactory: (handler) => createNodeServer(parts, handler, () => closing),
    clientErrorHandler: (error, socket) => sendClientError(parts, error, socket),
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
    // Requests that arrive after the port was closed get a response instead of being cut off.
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;

  addJsonParser(http);
  http.addHook('onRequest', async ({ routeOptions }, { raw }) => {
    (raw as GatewayResponse).route = meters.of(routeOptions.url);
  });
  http.addHook('preClose', async () => {
    closing = true;
    drain.begin();
  });
  http.addHook<unknown>('onSend', async (request, reply, payload) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    const isUnnamed = isUnnamedRefusal(reply.statusCode, payload);
    if (isUnnamed) {
      parts.onRefusal?.('REQUEST_INVALID');
      reply.removeHeader('content-length').header('vary', 'Accept-Language');
      reply.header('content-language', faultLanguage(parts, request));
    }
    if (request.headers.authorization !== undefined) varyByToken(reply);
    const invalid = new AppError('REQUEST_INVALID');
    return isUnnamed ? faultBody(parts, request, invalid) : payload;
  });
  http.setErrorHandler((error, request, reply) => sendFault(parts, error, request, reply));
  http.setNotFoundHandler((request, reply) => {
    return sendFault(parts, new AppError('NOT_FOUND'), request, reply);
  });
  addHealth(http, parts);
  endUnusedConnections(http);
  return http;
}

/** @param isClosing whether the port was closed; if so, the framework refuses further requests */
function createNodeServer(
  { drain, meters, entrances = [] }: HttpOptions,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  isClosing: () => boolean,
): Server {
  const options = {
    ServerResponse: gatewayResponse(drain, meters),
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: MAX_HEADERS_MS,
    requestTimeout: MAX_REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const entered = entrances.map(({ pattern, enter }) => ({ meter: meters.of(pattern), enter }));
  return createServer(options, (request, given) => {
    const response = given as GatewayResponse;
    for (const { meter, enter } of isClosing() ? [] : entered) {
      response.route = meter;
      if (enter(request, response)) return;
    }
    response.route = meters.other;
    handler(request, response);
  });
}

/** Parses the bodies that the framework reads, which are those of event streams. */
function addJsonParser(http: FastifyInstance): void {
  const type = 'application/json';
  http.addContentTypeParser(
    type,
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => parseBody(body, type),
  );
}

/** Clients open connections in advance; one that was never used would delay the shutdown of the server. */
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
  parts: HttpOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, headers, body } = faultResponse(parts, request, error);
  return reply.code(status).headers(headers).send(body);
}

/** A response to an authenticated caller must not reach any other client. */
function varyByToken(reply: FastifyReply): void {
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'Authorization' : `${String(vary)}, Authorization`);
  reply.header('cache-control', 'no-store');
}

/**
 * /livez: the process is running. /readyz: it can serve queries and should receive requests. /readyz also reports a
 * change feed that has stalled, which is no reason to send requests elsewhere: readers still get correct responses.
 */
function addHealth(
  http: FastifyInstance,
  { readPool, changeFeed, drain, isForReadersOnly = () => false }: HttpOptions,
): void {
  http.get('/livez', async () => ({ status: 'ok' }));
  http.get('/readyz', async (_request, reply) => {
    const database = !drain.isDraining && (await isReachable(readPool));
    const status = drain.isDraining ? 'draining' : database ? 'ok' : 'no database';
    return reply
      .code(status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        ...{ status, changeFeedAgeSeconds: Math.round(changeFeed.ageSeconds) },
        ...(isForReadersOnly() && { readersOnly: true }),
      });
  });
}

async function isReachable(pool: pg.Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_MS);
  });
  const read = pool.query('SELECT seq FROM published.change_log_head').then(
    () => true,
    () => false,
  );
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}
