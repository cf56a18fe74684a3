import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import { AppError } from '../../kernel/errors.js';
import { isConnectionFault, namedFault } from './faults.js';
import { singleClient } from './pools.js';

const RETRY_MS = 1_000;

/**
 * Listens on a channel (NOTIFY) over its own connection, which is opened again whenever it breaks. Notifications in the
 * meantime are lost, so `onNotification` is also called each time that listening begins. A silently dead connection delivers
 * nothing at all, so callers should also poll from time to time.
 */
export class ChannelListener {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private client: pg.Client | null = null;
  /** The reason why there is no connection. */
  private lastError: unknown;

  /** @param channel a plain SQL name; `onNotification` must not throw */
  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onNotification: () => void,
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
   * Sends a query over the listening connection, which nothing else waits for.
   *
   * @param withinMs a server that does not respond within this time is given up, and the connection is opened again
   * @throws AppError DATABASE_UNAVAILABLE, TIMEOUT
   */
  async query<T extends object>(statement: pg.QueryConfig, withinMs: number): Promise<T[]> {
    const { client } = this;
    if (!client) throw new AppError('DATABASE_UNAVAILABLE', {}, { cause: this.lastError });
    try {
      const { rows } = await client.query<T>({ ...statement, query_timeout: withinMs } as never);
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

  /** Resolves when the connection has ended. */
  private async listen(): Promise<void> {
    const { signal } = this.stopping;
    const client = singleClient(this.url);
    const end = (): void => void client.end().catch(() => undefined);
    client.on('notification', () => this.onNotification());
    try {
      await client.connect();
      const ended = once(client, 'end');
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      await client.query(`LISTEN ${this.channel}`);
      this.client = client;
      this.lastError = undefined;
      this.onNotification();
      await ended;
    } finally {
      this.client = null;
      signal.removeEventListener('abort', end);
      end();
    }
  }
}

/** The socket: a connection to a silent server cannot be closed in an orderly way. */
function streamOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
