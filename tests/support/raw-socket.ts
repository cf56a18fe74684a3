import { once } from 'node:events';
import { WebSocket } from 'ws';

import { eventually } from './publishing.js';

/** A WebSocket without a library's help. */
export class RawSocket {
  readonly messages: { type: string; id?: string; payload?: unknown }[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly opened: Promise<unknown>;
  readonly socket: WebSocket;

  constructor(
    url: string,
    protocol = 'graphql-transport-ws',
    headers: Record<string, string> = {},
  ) {
    this.socket = new WebSocket(url.replace('http', 'ws'), protocol, { headers });
    this.opened = once(this.socket, 'open');
    this.opened.catch(() => undefined);
    this.closed = once(this.socket, 'close').then(([code, reason]) => {
      return { code: code as number, reason: String(reason) };
    });
    this.socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString())));
  }

  async send(message: object): Promise<void> {
    await this.opened;
    this.socket.send(JSON.stringify(message));
  }

  async init(payload?: object): Promise<this> {
    await this.send({ type: 'connection_init', payload });
    await this.received((message) => message.type === 'connection_ack');
    return this;
  }

  subscribe(id: string, query: string, variables = {}): Promise<void> {
    return this.send({ type: 'subscribe', id, payload: { query, variables } });
  }

  async received(found: (message: RawSocket['messages'][number]) => boolean) {
    await eventually(async () => this.messages.some(found));
    return this.messages.find(found);
  }
}
