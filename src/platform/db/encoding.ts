import type pg from 'pg';

import { AppError } from '../../kernel/errors.js';

/**
 * Requires UTF8: with any other encoding, texts are refused or altered one by one, later.
 *
 * @throws AppError DATABASE_NOT_UTF8
 */
export async function checkEncoding(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database: string; encoding: string }>(
    `SELECT current_database() AS database, pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
  );
  const [found] = rows;
  if (found === undefined || found.encoding === 'UTF8') return;
  const { database, encoding } = found;
  throw new AppError('DATABASE_NOT_UTF8', { database, encoding });
}
