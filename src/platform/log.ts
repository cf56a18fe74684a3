import { pino, type Logger } from 'pino';

/** The program's log: JSON lines on standard error; nothing that names or lets in a caller is written. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: [
          'req.headers',
          '*.authorization',
          '*.cookie',
          '*.password',
          'err.config',
          'err.client',
        ],
        remove: true,
      },
    },
    pino.destination(2),
  );
}
