import { type LogFn, type Logger, pino } from 'pino';

import { AppError, ERRORS, type ErrorReason } from '../kernel/errors.js';
import { namedFault } from './db/index.js';
import { LogThrottle } from './log-throttle.js';
import { loggedError } from './logged-error.js';

/** During an outage of a dependency, messages that every request causes are logged once in this interval. */
const OUTAGE_WINDOW_MS = 60_000;

/**
 * The program's log: JSON lines on standard error. It contains nothing that identifies or authenticates a caller, and
 * nothing that a caller sent: no address, token, variable or text of a query. During an outage each message is written
 * once a minute, with the number of suppressed ones.
 *
 * @param destination for tests
 * @param outageWindowMs for tests
 */
export function createLog(
  level: string,
  destination: pino.DestinationStream = pino.destination(2),
  outageWindowMs = OUTAGE_WINDOW_MS,
): Logger {
  const throttle = new LogThrottle(outageWindowMs);
  return pino(
    {
      level,
      redact: {
        paths: [
          'req',
          'res',
          'variables',
          'query',
          ...['authorization', 'cookie', 'password', 'token', 'variables', 'headers'].map(
            (name) => `*.${name}`,
          ),
        ],
        remove: true,
      },
      hooks: {
        logMethod(args, log) {
          writeThrottled(this, ownWords(args), log, throttle);
        },
      },
      serializers: { err: loggedError, error: loggedError },
    },
    destination,
  );
}

/** Libraries log an error's message as their own, which may quote a caller's input; the serializer logs the error. */
function ownWords(args: Parameters<LogFn>): Parameters<LogFn> {
  const [entry, message] = args as [unknown, unknown];
  const error = errorOf(entry);
  const isQuoted = error !== null && (message === undefined || message === error.message);
  if (!isQuoted) return args;
  return [entry === error ? { err: error } : entry, 'An unexpected error'] as Parameters<LogFn>;
}

function errorOf(entry: unknown): Error | null {
  const error = entry instanceof Error ? entry : (entry as { err?: unknown } | null)?.err;
  return error instanceof Error ? error : null;
}

function writeThrottled(
  log: Logger,
  args: Parameters<LogFn>,
  write: LogFn,
  throttle: LogThrottle,
): void {
  const [entry, message] = args as [unknown, unknown];
  const reason = outageOf(entry);
  if (reason === null) return write.apply(log, args);
  const summarize = (more: number): void => {
    write.call(log, { reason, more }, `${String(message)} (${more} more like it meanwhile)`);
  };
  throttle.add(`${reason} ${String(message)}`, () => write.apply(log, args), summarize);
}

/** The reason of an entry about an outage of a dependency; null for any other entry. */
function outageOf(entry: unknown): ErrorReason | null {
  const { reason: given } = (entry ?? {}) as { reason?: unknown };
  const reason = isReason(given) ? given : reasonOf(errorOf(entry));
  return reason !== null && ERRORS[reason].status === 503 ? reason : null;
}

function isReason(value: unknown): value is ErrorReason {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

function reasonOf(error: Error | null): ErrorReason | null {
  const named = error && namedFault(error);
  return named instanceof AppError ? named.reason : null;
}
