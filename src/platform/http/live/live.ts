import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';

import { type ErrorReason, ERRORS } from '../../../kernel/errors.js';
import { LiveConnections, RETRY_AFTER_S } from './live-connections.js';
import { serveEvents } from './live-events.js';
import type { LiveOptions } from './live-options.js';
import { LiveSocket } from './live-socket.js';

const SWITCHING_PROTOCOLS = 101;
const PATH = /^\/graphql\/?(\?.*)?$/;

/** Carries subscriptions over WebSockets and event streams, at the address of the queries. */
export class LiveTransports {
  private readonly connections: LiveConnections;
  private readonly sockets: WebSocketServer;

  constructor(private readonly parts: LiveOptions) {
    this.connections = new LiveConnections(parts.limits.connections);
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: parts.limits.largestMessage,
      handleProtocols: (offered) => handleProtocols(offered),
      // A context of zlib for each of thousands of sockets costs more than it saves.
      perMessageDeflate: false,
    });
  }

  /** How many are open. */
  get count(): number {
    return this.connections.count;
  }

  /** WebSockets come past Fastify's routes; all connections end before the server does. */
  attachTo(http: FastifyInstance): void {
    http.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    http.addHook('preClose', () => this.connections.drain());
  }

  /** @throws AppError REQUEST_INVALID, CONNECTIONS_TOO_MANY */
  serveEvents(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return serveEvents(this.parts, this.connections, request, reply);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    if (!PATH.test(request.url ?? '')) return this.refuse(socket, 'NOT_FOUND');
    if (!this.parts.crossOrigin.mayConnect(request.headers))
      return this.refuse(socket, 'FORBIDDEN');
    if (!this.connections.hasRoom) return this.refuse(socket, 'CONNECTIONS_TOO_MANY');
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.parts.route.responded(SWITCHING_PROTOCOLS);
      const live = new LiveSocket(webSocket, request, this.parts);
      live.serve(this.connections.add(live));
    });
  }

  private refuse(socket: Duplex, reason: ErrorReason): void {
    const { status } = ERRORS[reason];
    this.parts.route.responded(status);
    this.parts.onRefusal(reason);
    const retry = status === 503 ? `retry-after: ${RETRY_AFTER_S}\r\n` : '';
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}connection: close\r\ncontent-length: 0\r\n\r\n`,
    );
  }
}
