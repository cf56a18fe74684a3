import { AppError } from '../kernel/errors.js';
import { isLoopback } from '../platform/http/loopback.js';

/**
 * On a server that others can reach, a forgotten or misspelled setting must not silently create an empty database:
 * there, the embedded one has to be requested by `DATABASE_URL=embedded`.
 *
 * @param settings the names of all settings
 * @throws AppError DATABASE_URL_MISSING, DATABASE_URL_MISNAMED
 */
export function requireDatabase(
  env: NodeJS.ProcessEnv,
  host: string,
  settings: readonly string[],
): void {
  if ((env['DATABASE_URL'] ?? '').trim() !== '') return;
  const isProduction = env['NODE_ENV'] === 'production';
  if (!isProduction && isLoopback(host)) return;
  const cause = isProduction ? 'NODE_ENV=production' : `HOST=${host}`;
  const names = databaseAddresses(env, settings);
  if (names.length === 0) throw new AppError('DATABASE_URL_MISSING', { cause });
  throw new AppError('DATABASE_URL_MISNAMED', { cause, names });
}

/** Variables that are not settings but contain an address of PostgreSQL: perhaps the one meant for DATABASE_URL. */
function databaseAddresses(env: NodeJS.ProcessEnv, settings: readonly string[]): string[] {
  return Object.keys(env)
    .filter((name) => !settings.includes(name) && /^postgres(ql)?:\/\//.test(env[name] ?? ''))
    .sort();
}
