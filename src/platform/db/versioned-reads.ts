import type pg from 'pg';

import type { Version } from '../cache/version.js';
import { databaseCode, isConnectionFault, namedFault } from './faults.js';
import { PLAN_CODES, ReadSnapshot, statementName } from './read-snapshot.js';
import type { Planning, Queryable } from './queryable.js';
import { transactionSetup } from './session-limits.js';

/** The columns that every statement returns in addition to those of its query; null except in the row of the version. */
interface VersionedRow {
  readonly read_seq: Version['seq'] | null;
  readonly read_revision: Version['revision'] | null;
}

/**
 * Reads of one operation without a transaction around them: each statement is sent by itself, over any connection, and
 * also returns the version of the public data that it read. The caller compares these versions: two statements of the
 * same version are as consistent as two of the same snapshot. See docs/adr/0047.
 */
export class VersionedReads implements Queryable {
  /** The texts of the queries sent so far. */
  readonly log: string[] = [];

  /** How many queries were sent so far. */
  get statements(): number {
    return this.log.length;
  }

  private readonly isSession: boolean;
  private isClosed = false;

  /** @param onVersion called with the version of each statement, before its rows are returned */
  constructor(
    private readonly pool: pg.Pool,
    private readonly onVersion: (version: Version) => void,
  ) {
    this.isSession = transactionSetup(pool).isSession;
  }

  /** @throws AppError DATABASE_UNAVAILABLE, TIMEOUT */
  async query<T extends object>(
    text: string,
    values: readonly unknown[] = [],
    planning: Planning = 'ONCE',
  ): Promise<T[]> {
    if (this.isClosed) throw new Error('The reads are closed');
    this.log.push(text);
    const versioned = withVersion(text);
    const rows = await (planning === 'ANEW'
      ? this.planned<T & VersionedRow>(versioned, values)
      : this.send<T & VersionedRow>(versioned, values));
    const place = rows.findIndex(({ read_seq }) => read_seq !== null);
    const { read_seq: seq = null, read_revision: revision = null } = rows[place] ?? {};
    if (seq === null || revision === null) throw new Error('the version is one row');
    this.onVersion({ seq, revision });
    rows.splice(place, 1);
    return rows;
  }

  /** Sends no further statement: the client has disconnected. */
  close(): void {
    this.isClosed = true;
  }

  /** In a transaction, with a plan for these values: see {@link ReadSnapshot}. */
  private async planned<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
    const snapshot = new ReadSnapshot(this.pool);
    try {
      return await snapshot.query<T>(text, values, 'ANEW');
    } finally {
      await snapshot.close();
    }
  }

  /**
   * A connection that was closed while idle, for example by a restart of the server, fails at its next statement, and
   * so does a prepared statement after a migration. A read is safe to send again over another connection.
   */
  private async send<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
    // A name belongs to a session.
    const statement = { text, values: [...values], ...(this.isSession && statementName(text)) };
    for (let left = this.pool.options.max; ; left -= 1) {
      const client = await this.connect();
      const ignore = (): void => undefined;
      client.on('error', ignore);
      try {
        const { rows } = await client.query<T>(statement);
        client.release();
        return rows;
      } catch (error) {
        const isCut = isConnectionFault(error) || PLAN_CODES.includes(databaseCode(error));
        client.release(isCut);
        if (!isCut || left === 0) throw namedFault(error);
      } finally {
        client.off('error', ignore);
      }
    }
  }

  private async connect(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw namedFault(error);
    }
  }
}

/**
 * The version is a row of its own, which is null in the other rows: as further values of each row it would cost more to
 * parse than a title. The query is not executed for the row of the version; it only gives the types of the columns.
 */
function withVersion(text: string): string {
  return `SELECT h.seq AS read_seq, r.number::int AS read_revision, q.*
      FROM published.change_log_head h CROSS JOIN reference.revision r LEFT JOIN (${text}) q ON false
    UNION ALL SELECT NULL, NULL, q.* FROM (${text}) q`;
}
