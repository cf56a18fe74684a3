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

/** Serves subscriptions over WebSockets and event streams, at the same address as queries. */
export class LiveTransports {
  private readonly connections: LiveConnections;
  private readonly sockets: WebSocketServer;

  constructor(private readonly parts: LiveOptions) {
    this.connections = new LiveConnections(parts.limits.connections);
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: parts.limits.maxMessageBytes,
      handleProtocols: (offered) => handleProtocols(offered),
      // A zlib context for each of thousands of sockets costs more than it saves.
      perMessageDeflate: false,
    });
  }

  /** The number of open connections. */
  get count(): number {
    return this.connections.count;
  }

  /** WebSockets bypass Fastify's routes. All connections end before the server closes. */
  attachTo(http: FastifyInstance): void {
    http.server.on('upgrade', (request, socket, firstPacket) =>
      this.upgrade(request, socket, firstPacket),
    );
    http.addHook('preClose', () => this.connections.drain());
  }

  /** @throws AppError REQUEST_INVALID, CONNECTIONS_TOO_MANY */
  serveEvents(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return serveEvents(this.parts, this.connections, request, reply);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, firstPacket: Buffer): void {
    socket.on('error', () => undefined);
    if (!PATH.test(request.url ?? '')) return this.refuse(socket, 'NOT_FOUND');
    if (!this.parts.crossOrigin.mayConnect(request.headers))
      return this.refuse(socket, 'FORBIDDEN');
    if (!this.connections.hasRoom) return this.refuse(socket, 'CONNECTIONS_TOO_MANY');
    this.sockets.handleUpgrade(request, socket, firstPacket, (webSocket) => {
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
