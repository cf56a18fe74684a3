import { AppError, type ErrorReason } from '../../kernel/errors.js';

/** SQLSTATE or a socket's errno; TypeORM wraps the driver's error, which carries it. */
export function databaseCode(error: unknown): string {
  const bare = (error as { driverError?: unknown } | null)?.driverError ?? error;
  const code = (bare as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** SQLSTATE of a row that violates a unique constraint. */
export const UNIQUE_VIOLATION = '23505';

/** Two transactions conflicted; the same work may succeed when it is repeated. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(databaseCode(error));
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Shutdown, crash, starting up, too many connections, session terminated for inactivity; class 08. */
const SERVER_CODES = /^(57P0[1-5]|53300|25P0[34]|08...)$/;

/** Messages of `pg` and its pool for errors without a code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered|Client was closed|Cannot use a pool after|Query read timeout)/;

/** Whether the connection, not the statement, is at fault. */
export function isConnectionFault(error: unknown): boolean {
  const code = databaseCode(error);
  if (code !== '') return SOCKET_CODES.has(code) || SERVER_CODES.test(code);
  return MESSAGES.test((error as Error | null)?.message ?? '');
}

/** SQLSTATE of a change on a read-only server: a standby, for example after a failover. */
export function isReadOnlyFault(error: unknown): boolean {
  return databaseCode(error) === '25006';
}

/** No disk space, no memory, a limit of the server's configuration (class 53), a disk failure (class 58). */
const OUT_OF_RESOURCES = /^(53|58)/;

/**
 * Converts a fault of the database into an error for the caller: DATABASE_UNAVAILABLE, DATABASE_READ_ONLY,
 * DATABASE_OUT_OF_RESOURCES or TIMEOUT. Any other error is returned unchanged.
 */
export function namedFault(error: unknown): Error {
  if (error instanceof AppError) return error;
  const reason = reasonOf(error);
  return reason === null ? (error as Error) : new AppError(reason, {}, { cause: error });
}

function reasonOf(error: unknown): ErrorReason | null {
  const code = databaseCode(error);
  if (code === '57014') return 'TIMEOUT';
  if (isConnectionFault(error)) return 'DATABASE_UNAVAILABLE';
  if (isReadOnlyFault(error)) return 'DATABASE_READ_ONLY';
  return OUT_OF_RESOURCES.test(code) ? 'DATABASE_OUT_OF_RESOURCES' : null;
}

const OUTAGES: ReadonlySet<ErrorReason> = new Set([
  'DATABASE_UNAVAILABLE',
  'DATABASE_READ_ONLY',
  'DATABASE_OUT_OF_RESOURCES',
]);

/** Whether the same statement may succeed later, unchanged; not true for a statement that takes too long. */
export function isOutage(error: unknown): boolean {
  const named = namedFault(error);
  return named instanceof AppError && OUTAGES.has(named.reason);
}

/** A short text for the administrator of the gateway; never contains the password of `url`. */
export function faultDetail(error: unknown, url?: string): string {
  const bare = ((error as { driverError?: unknown }).driverError ?? error) as Error;
  const { detail } = bare as { detail?: string };
  const message = bare.message || databaseCode(bare) || String(bare);
  const text = detail === undefined ? message : `${message}: ${detail}`;
  const password = url === undefined ? '' : decodeURIComponent(new URL(url).password);
  return password === '' ? text : text.replaceAll(password, '***');
}
