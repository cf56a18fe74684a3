import { setTimeout as pause } from 'node:timers/promises';

import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { CHANGED, type CopyChange, type CopyContext, type CopyPage } from './copy.js';

interface Result {
  readonly data?: { readonly releaseChanged?: CopyPage } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: object }[];
}

/** An app that subscribes to changes, and reconnects with its last cursor whenever it is disconnected. */
export class LiveClient {
  readonly pages: CopyPage[] = [];
  readonly changes: CopyChange[] = [];
  readonly errors: unknown[] = [];
  /** The close codes of its WebSockets. */
  readonly closed: number[] = [];
  connections = 0;
  /** Whether it reconnects after its WebSocket was closed. */
  reconnects = true;
  isComplete = false;
  private readonly listeners = new Set<() => void>();
  private socket: WebSocket | null = null;
  private fetching: AbortController | null = null;
  private disconnect: () => void = () => undefined;
  private readonly variables: Record<string, unknown>;

  constructor(
    private readonly url: string,
    context: CopyContext,
    since: string | null = null,
  ) {
    this.variables = { ...context, since };
  }

  get cursor(): string {
    return this.pages.at(-1)?.cursor ?? '';
  }

  get numbers(): string[] {
    return this.changes.map(({ number }) => number);
  }

  overSocket(connectionParams: Record<string, unknown> = {}): this {
    const own = (socket: WebSocket) => {
      this.socket = socket;
      // The connection may be cut while it is being opened.
      socket.on('error', () => undefined);
      socket.on('close', (code) => {
        this.closed.push(code);
        this.notify();
      });
    };
    const client = createSocketClient({
      url: this.url.replace('http', 'ws'),
      webSocketImpl: class extends WebSocket {
        constructor(...args: ConstructorParameters<typeof WebSocket>) {
          super(...args);
          own(this);
        }
      },
      connectionParams,
      retryAttempts: 100,
      retryWait: () => pause(20),
      shouldRetry: () => this.reconnects,
      on: { connected: () => this.connect() },
    });
    const { variables } = this;
    // It sends the variables with each connection, so that the current cursor is resumed.
    const stop = client.subscribe<Result['data']>({ query: CHANGED, variables }, this.sink());
    this.disconnect = () => {
      stop();
      void client.dispose();
    };
    return this;
  }

  overEvents(): this {
    const client = createEventClient({
      url: this.url,
      retryAttempts: 100,
      retry: () => pause(20),
      // Aborted from outside, as a broken network does.
      fetchFn: (url: string, init: RequestInit) => {
        const cut = new AbortController();
        this.fetching = cut;
        const given = init.signal as AbortSignal;
        return fetch(url, { ...init, signal: AbortSignal.any([given, cut.signal]) });
      },
      on: { connected: () => this.connect() },
    });
    const { variables } = this;
    const stop = client.subscribe<Result['data']>({ query: CHANGED, variables }, this.sink());
    this.disconnect = () => {
      stop();
      client.dispose();
    };
    return this;
  }

  /** The connection breaks. */
  cut(): void {
    this.socket?.terminate();
    this.fetching?.abort();
  }

  stop(): void {
    this.disconnect();
    this.socket?.terminate();
  }

  /** Waits until that is so. */
  async until(found: (liveClient: this) => boolean, ms = 40_000): Promise<void> {
    if (found(this)) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        this.listeners.delete(check);
        const seen = { pages: this.pages.length, numbers: this.numbers, errors: this.errors };
        reject(new Error(`not seen in time: ${JSON.stringify({ ...seen, closed: this.closed })}`));
      }, ms);
      const check = () => {
        if (!found(this)) return;
        clearTimeout(late);
        this.listeners.delete(check);
        resolve();
      };
      this.listeners.add(check);
    });
  }

  private sink() {
    return {
      next: (result: unknown) => {
        const { data, errors } = result as Result;
        if (errors) this.errors.push(...errors);
        const page = data?.releaseChanged;
        if (page) {
          this.pages.push(page);
          this.changes.push(...page.changes);
          this.variables.since = page.cursor;
        }
        this.notify();
      },
      error: (error: unknown) => {
        this.errors.push(...(Array.isArray(error) ? error : [error]));
        this.notify();
      },
      complete: () => {
        this.isComplete = true;
        this.notify();
      },
    };
  }

  private connect(): void {
    this.connections += 1;
    this.notify();
  }

  private notify(): void {
    for (const check of [...this.listeners]) check();
  }
}
