import { type LogFn, type Logger, pino } from 'pino';

import { loggedError } from './logged-error.js';

/**
 * The program's log: JSON lines on standard error; nothing that names or lets in a caller is written, and nothing that
 * a caller sent: no address, token, variable or text of a query.
 *
 * @param destination for tests
 */
export function createLog(
  level: string,
  destination: pino.DestinationStream = pino.destination(2),
): Logger {
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
      hooks: { logMethod: sayInOwnWords },
      serializers: { err: loggedError, error: loggedError },
    },
    destination,
  );
}

/** Libraries log an error's message as their own, and that may quote what a caller sent; the serializer tells it. */
function sayInOwnWords(this: Logger, args: Parameters<LogFn>, log: LogFn): void {
  const [entry, message] = args as [unknown, unknown];
  const error = entry instanceof Error ? entry : (entry as { err?: unknown } | null)?.err;
  const isQuoted = error instanceof Error && (message === undefined || message === error.message);
  if (!isQuoted) return log.apply(this, args);
  log.call(this, entry === error ? { err: error } : entry, 'An unexpected error');
}
