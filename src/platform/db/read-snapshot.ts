import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Planning } from './queryable.js';
import { databaseCode, isConnectionFault, namedFault } from './faults.js';
import { transactionSetup } from './session-limits.js';

const BEGIN = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
/** Sessions of readers force generic plans: see {@link GENERIC_PLANS}. In a transaction PostgreSQL decides. */
const DECIDE_PLANS = 'SET LOCAL plan_cache_mode = auto';

/** SQLSTATE of a prepared statement that no longer fits the tables: after a migration. */
export const PLAN_CODES: readonly string[] = ['0A000', '26000'];

/** Each connection stores its prepared statements, so their number is limited. */
const MAX_NAMES = 500;
const names = new Map<string, { readonly name: string }>();

/** The name of a prepared statement; null once there are too many. */
export function statementName(text: string): { readonly name: string } | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MAX_NAMES) return null;
  const name = `q${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, { name });
  return { name };
}

/**
 * All reads of one request, as of one instant. Takes a connection of the readers' pool at the first query and releases
 * it on {@link close}, which must be called.
 */
export class ReadSnapshot {
  /** The texts of the statements sent so far, except BEGIN and COMMIT. */
  readonly log: string[] = [];
  private client: pg.PoolClient | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private fault: Error | undefined;
  private broken = false;
  private closed = false;
  private readonly isSession: boolean;
  private readonly begin: string;

  constructor(private readonly pool: pg.Pool) {
    const { isSession, statements } = transactionSetup(pool);
    this.isSession = isSession;
    this.begin = [BEGIN, ...statements, ...(isSession ? [DECIDE_PLANS] : [])].join('; ');
  }

  /** The number of statements sent so far. */
  get statements(): number {
    return this.log.length;
  }

  /**
   * Queries of one snapshot run one after another, in the order of the calls.
   *
   * @throws AppError DATABASE_UNAVAILABLE or TIMEOUT. After a failed query every further one fails in the same way: the
   *   transaction is lost.
   */
  query<T extends object>(
    text: string,
    values: readonly unknown[] = [],
    planning: Planning = 'ONCE',
  ): Promise<T[]> {
    const result = this.last.then(() => this.send<T>(text, values, planning));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async send<T extends object>(
    text: string,
    values: readonly unknown[],
    planning: Planning,
  ): Promise<T[]> {
    if (this.fault !== undefined) throw this.fault;
    if (this.closed) throw new Error('The snapshot is closed');
    try {
      this.client ??= await this.open();
      this.log.push(text);
      const { rows } = await this.client.query<T>({
        text,
        values: [...values],
        // Without a name it is planned for these values. A name belongs to a session.
        ...(planning === 'ONCE' && this.isSession && statementName(text)),
      });
      return rows;
    } catch (error) {
      this.broken ||= isConnectionFault(error) || PLAN_CODES.includes(databaseCode(error));
      this.fault = namedFault(error);
      throw this.fault;
    }
  }

  /**
   * Pooled connections that were closed while idle, for example by a restart of the server, fail only when they are
   * used. No query has been sent yet, so each is discarded and the next one is tried.
   */
  private async open(): Promise<pg.PoolClient> {
    for (let left = this.pool.options.max; ; left -= 1) {
      const client = await this.pool.connect();
      client.on('error', this.onClientError);
      try {
        await client.query(this.begin);
        return client;
      } catch (error) {
        client.off('error', this.onClientError);
        client.release(true);
        if (!isConnectionFault(error) || left === 0) throw error;
        this.fault = undefined;
        this.broken = false;
      }
    }
  }

  /** A connection can break between two queries, when nothing waits for a result. */
  private readonly onClientError = (error: Error): void => {
    this.broken = true;
    this.fault ??= namedFault(error);
  };

  /** Ends the transaction and releases the connection. Never rejects; may be called twice. */
  async close(): Promise<void> {
    await this.last;
    this.closed = true;
    const { client } = this;
    if (client === undefined) return;
    this.client = undefined;
    if (!this.broken) await client.query('COMMIT').catch(() => (this.broken = true));
    client.off('error', this.onClientError);
    // A broken connection is discarded rather than returned to the pool.
    client.release(this.broken);
  }
}
