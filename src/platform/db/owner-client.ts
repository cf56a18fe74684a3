import type pg from 'pg';

import { ownerAddress } from './addresses.js';
import { startEmbedded } from './embedded/start-embedded.js';
import { awaitServer } from './open-database.js';
import { type DatabaseSettings, singleClient } from './pools.js';

/**
 * Runs work with the owner's login over one connection that bypasses the pooler; the database may be empty.
 *
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_NOT_UTF8; as `startEmbedded`
 */
export async function withOwnerClient<T>(
  settings: DatabaseSettings,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = settings;
  const embedded = databaseUrl === undefined ? await startEmbedded(dataDir) : null;
  const url = embedded?.url ?? ownerAddress(settings);
  const client = singleClient(url);
  try {
    await awaitServer(url, settings.databaseWaitMs);
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
    await embedded?.leave().catch(() => undefined);
  }
}
