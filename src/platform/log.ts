import { pino, type Logger } from 'pino';

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
      serializers: { err: loggedError, error: loggedError },
    },
    destination,
  );
}
