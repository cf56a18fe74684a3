import { EventEmitter } from 'node:events';

import type pg from 'pg';

import { isConflict, isConnectionFault } from './faults.js';
import type { ReadServer } from './read-server.js';

export interface Opened {
  readonly server: ReadServer;
  readonly client: pg.PoolClient;
}

/** @param failed the server to avoid if there is another one; `error` is its failure */
export type Opener = (failed: ReadServer | null, error: unknown) => Promise<Opened>;

type Statement = string | pg.QueryConfig;

/**
 * A reader's connection that survives the failure of its server: if the server fails before it has returned any result
 * in a transaction, the statement is sent to another server. After a result, the rest must come from the same snapshot,
 * so a later failure is passed to the reader. The connection only reads, so a statement can safely be sent again.
 */
export class ExchangeableClient extends EventEmitter {
  private opened: Opened | null = null;
  private opening: Statement | null = null;
  private completed = 0;
  private exchanged = false;

  constructor(private readonly opener: Opener) {
    super();
  }

  async open(): Promise<void> {
    this.adopt(await this.opener(null, null));
  }

  /** `pg.PoolClient` is a large class, of which readers use only: query by promise, release, 'error'. */
  asPoolClient(): pg.PoolClient {
    return this as unknown as pg.PoolClient;
  }

  async query(statement: Statement, values?: unknown[]): Promise<pg.QueryResult> {
    const begins = isBegin(statement);
    try {
      return await this.send(statement, values);
    } catch (error) {
      if (!this.mayExchange(error)) throw error;
      await this.exchange(error);
      if (!begins && this.opening !== null) await this.inner.query(this.opening);
      return await this.send(statement, values);
    } finally {
      if (begins) this.opening = statement;
    }
  }

  release(broken: boolean | Error = false): void {
    const { opened } = this;
    if (!opened) return;
    this.opened = null;
    opened.client.off('error', this.onError);
    opened.server.release(opened.client, broken !== false);
  }

  private async send(statement: Statement, values?: unknown[]): Promise<pg.QueryResult> {
    const result = await this.inner.query(statement as string, values);
    if (!isBegin(statement)) this.completed += 1;
    return result;
  }

  private get inner(): pg.PoolClient {
    if (!this.opened) throw new Error('Client was closed and is not queryable');
    return this.opened.client;
  }

  private mayExchange(error: unknown): boolean {
    const isOver = this.exchanged || (this.opening !== null && this.completed > 0);
    return !isOver && (isConnectionFault(error) || isConflict(error));
  }

  private async exchange(error: unknown): Promise<void> {
    const { opened } = this;
    if (!opened) throw error;
    this.exchanged = true;
    opened.client.off('error', this.onError);
    // It may still report errors until the pool has taken it back.
    opened.client.on('error', () => undefined);
    this.opened = null;
    opened.server.release(opened.client, true);
    this.adopt(await this.opener(opened.server, error));
  }

  private adopt(opened: Opened): void {
    opened.client.on('error', this.onError);
    this.opened = opened;
  }

  private readonly onError = (error: Error): void => {
    // Otherwise the next statement fails and is sent to another server.
    if (!this.mayExchange(error) && this.listenerCount('error') > 0) this.emit('error', error);
  };
}

function isBegin(statement: Statement): boolean {
  return /^\s*(BEGIN|START)\b/i.test(typeof statement === 'string' ? statement : statement.text);
}
