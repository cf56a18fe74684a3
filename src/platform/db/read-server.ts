import type pg from 'pg';

import { checkReader } from './login-checks.js';
import { singleClient } from './pools.js';

/** A server that does not respond within this time is considered unavailable. */
const LATE_MS = 1_000;

const VERSION = `
  SELECT seq, published.change_id(seq) AS id, database_id AS database, pg_is_in_recovery() AS replays,
         published.change_id($1) AS "idThere"
    FROM published.change_log_head`;

/** The newest change in the change log of a server. */
export interface ServerVersion {
  readonly seq: number;
  /** The id of the change with that number. */
  readonly id: string | null;
  readonly database: string;
}

interface Found extends ServerVersion {
  readonly replays: boolean;
  /** The id of the change with the number of the primary's newest change. */
  readonly idThere: string | null;
}

export interface ReadServerOptions {
  /** Contains a password: never log it. */
  readonly url: string;
  readonly pool: pg.Pool;
  readonly isReplica: boolean;
  /** The last known version of the primary, which a replica must be a copy of; null if it is not known yet. */
  readonly primary: () => ServerVersion | null;
}

/** One PostgreSQL server that serves readers, with its last known position. */
export class ReadServer {
  /** For logs and metrics. */
  readonly name: string;
  readonly pool: pg.Pool;
  readonly isReplica: boolean;
  /** The last known version, even if the server can no longer be used. */
  version: ServerVersion | null = null;
  /** Called on the primary with its present number if its log no longer contains the last known version. */
  onRestored: (seq: number) => void = () => undefined;
  private known: number | null = null;
  private client: pg.Client | null = null;
  private isChecked = false;
  private closed = false;
  private last: Promise<number | null> = Promise.resolve(null);
  private next: Promise<number | null> | null = null;
  private readonly acquired = new Set<pg.PoolClient>();
  private readonly onLoss = new Set<() => void>();

  constructor(private readonly parts: ReadServerOptions) {
    this.name = new URL(parts.url).host;
    this.pool = parts.pool;
    this.isReplica = parts.isReplica;
    // An idle connection has broken: perhaps only this one, perhaps the server has failed.
    this.pool.on('error', () => void this.poll());
  }

  /** The number of the newest change that it has; null if it cannot be used. */
  get position(): number | null {
    return this.known;
  }

  /** The number of readers that use a connection of it, or wait for one. */
  get busy(): number {
    return this.pool.totalCount - this.pool.idleCount + this.pool.waitingCount;
  }

  /**
   * Reads its position. Callers that arrive while a read is in progress share the next one, so the result is never
   * older than the call, and there is one statement at a time. Never rejects.
   */
  poll(): Promise<number | null> {
    this.next ??= this.last.then(() => {
      this.next = null;
      return (this.last = this.readVersion());
    });
    return this.next;
  }

  /** A connection of its pool; rejects as soon as the server is known to be gone. */
  async acquire(): Promise<pg.PoolClient> {
    const connecting = this.pool.connect();
    let onLoss: () => void = () => undefined;
    const lost = new Promise<never>((_resolve, reject) => {
      onLoss = () => reject(new Error('Connection terminated: the server is gone'));
      this.onLoss.add(onLoss);
    });
    try {
      const client = await Promise.race([connecting, lost]);
      this.acquired.add(client);
      return client;
    } catch (error) {
      void connecting.then((client) => client.release(true)).catch(() => undefined);
      throw error;
    } finally {
      this.onLoss.delete(onLoss);
    }
  }

  release(client: pg.PoolClient, broken: boolean): void {
    this.acquired.delete(client);
    client.release(broken);
  }

  /** Fails the readers that wait for a replica, so that they use another server; it is used again once it responds. */
  lose(): void {
    this.known = null;
    const { client } = this;
    this.client = null;
    void client?.end().catch(() => undefined);
    if (!this.isReplica) return;
    for (const fail of this.onLoss) fail();
    for (const one of this.acquired)
      void (one as unknown as pg.Client).end().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([this.client?.end(), this.pool.end()]);
  }

  private async readVersion(): Promise<number | null> {
    if (this.closed) return null;
    try {
      const client = (this.client ??= await this.connect());
      const primary = this.parts.primary();
      const { rows } = await client.query<Found>(VERSION, [primary?.seq ?? 0]);
      const [found] = rows;
      if (!found || !this.isFit(found, primary))
        throw new Error('The server is no copy of this database');
      const { seq, id, database } = found;
      this.version = { seq, id, database };
      if (!this.isReplica && primary && found.idThere !== primary.id) this.onRestored(seq);
      this.known = seq;
    } catch {
      this.lose();
    }
    return this.known;
  }

  private async connect(): Promise<pg.Client> {
    const { url, isReplica } = this.parts;
    if (isReplica && !this.isChecked) await checkReader(url);
    this.isChecked = true;
    const client = singleClient(url, { connectionTimeoutMillis: LATE_MS, query_timeout: LATE_MS });
    await client.connect();
    return client;
  }

  /**
   * A promoted replica has its own history, and one with changes that a restore of the primary has undone never follows
   * it: their numbers mean different changes.
   */
  private isFit(
    { database, replays, seq, idThere }: Found,
    primary: ServerVersion | null,
  ): boolean {
    if (!this.isReplica) return true;
    if (!replays || database !== primary?.database) return false;
    return seq < primary.seq || idThere === primary.id;
  }
}
