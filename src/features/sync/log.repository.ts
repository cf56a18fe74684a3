import { AppError } from '../../kernel/errors.js';
import type { Queryable } from '../../platform/db/queryable.js';

/**
 * A point in the history that a change log records: the number of a change and its id. After a restore to an earlier
 * point, the same number is assigned again, to a change with another id.
 */
export interface LogPoint {
  /** 0 before the first change. */
  readonly seq: number;
  /** null before the first change. */
  readonly id: string | null;
}

/** The newest point of the log. */
export interface LogVersion extends LogPoint {
  /** The id of the database: sequence numbers of another database are meaningless here. */
  readonly database: string;
}

/** As stored in a cursor; cursors from before migration 0015 have no id. */
export type KnownPoint = LogPoint | { readonly seq: number; readonly id: undefined };

export async function loadVersion(db: Queryable): Promise<LogVersion> {
  const [version] = await db.query<LogVersion>(
    `SELECT seq, published.change_id(seq) AS id, database_id AS database FROM published.change_log_head`,
    [],
  );
  return version ?? noVersion();
}

interface PointRow extends LogVersion {
  readonly idThere: string | null;
  readonly isCut: boolean;
  readonly isStandby: boolean;
}

/** Finds the newest point of the log, and whether the log also contains the given point. */
export async function findPoint(
  db: Queryable,
  point: KnownPoint,
): Promise<{ version: LogVersion; isThere: boolean; isStandby: boolean }> {
  const [row] = await db.query<PointRow>(
    `SELECT seq, published.change_id(seq) AS id, database_id AS database, published.change_id($1) AS "idThere",
            EXISTS (SELECT FROM published.server_history WHERE kind <> 'FIRST' AND seq < $1) AS "isCut",
            pg_is_in_recovery() AS "isStandby"
       FROM published.change_log_head`,
    [point.seq],
  );
  if (!row) return noVersion();
  const { idThere, isCut, isStandby, ...version } = row;
  // Without an id, trust only a number that no restore can have assigned twice.
  const isThere =
    point.id === undefined ? point.seq <= version.seq && !isCut : point.id === idThere;
  return { version, isThere, isStandby };
}

/**
 * Whether the primary's log contains this point.
 *
 * @param primary a connection that bypasses all replicas
 * @throws AppError DATABASE_UNAVAILABLE if it does not respond, or is itself a standby
 */
export async function primaryHas(primary: Queryable, point: KnownPoint): Promise<boolean> {
  const { isThere, isStandby } = await findPoint(primary, point);
  if (isThere) return true;
  if (isStandby) throw new AppError('DATABASE_UNAVAILABLE');
  return false;
}

function noVersion(): never {
  throw new Error('the change log has one version');
}
