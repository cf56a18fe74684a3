import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import { AppError } from '../../kernel/errors.js';
import { isConnectionFault, namedFault } from './faults.js';
import { singleClient } from './pools.js';

const RETRY_MS = 1_000;

/**
 * Hears what is said on a channel (NOTIFY), over a connection of its own that is made again whenever it breaks. What
 * was said in between is lost, so `heard` is also called each time that it begins to listen; where a connection has
 * silently died nothing is heard at all, so whoever listens looks for themselves now and then too.
 */
export class ChannelListener {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private client: pg.Client | null = null;
  /** Why there is no connection. */
  private lastError: unknown;

  /** @param channel a plain SQL name; `heard` must not throw */
  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly heard: () => void,
  ) {}

  start(): void {
    this.running = this.run();
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Asks over the connection that listens: nothing else waits for it.
   *
   * @param withinMs a server that is silent for longer is given up, and the connection made again
   * @throws AppError DATABASE_UNAVAILABLE, TIMEOUT
   */
  async query<T extends object>(question: pg.QueryConfig, withinMs: number): Promise<T[]> {
    const { client } = this;
    if (!client) throw new AppError('DATABASE_UNAVAILABLE', {}, { cause: this.lastError });
    try {
      const { rows } = await client.query<T>({ ...question, query_timeout: withinMs } as never);
      return rows;
    } catch (error) {
      if (isConnectionFault(error)) streamOf(client).destroy();
      throw namedFault(error);
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.listen().catch((error: unknown) => (this.lastError = error));
      await pause(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Comes back when the connection has ended. */
  private async listen(): Promise<void> {
    const { signal } = this.stopping;
    const client = singleClient(this.url);
    const end = (): void => void client.end().catch(() => undefined);
    client.on('notification', () => this.heard());
    try {
      await client.connect();
      const ended = once(client, 'end');
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      await client.query(`LISTEN ${this.channel}`);
      this.client = client;
      this.lastError = undefined;
      this.heard();
      await ended;
    } finally {
      this.client = null;
      signal.removeEventListener('abort', end);
      end();
    }
  }
}

/** A client whose server is silent cannot take leave of it. */
function streamOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
