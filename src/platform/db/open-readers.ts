import type pg from 'pg';

import { type AppError } from '../../kernel/errors.js';
import { checkReader } from './login-checks.js';
import { hasLogin, withLoginOf } from './addresses.js';
import type { StatementObserver } from './observed-client.js';
import { createReadPool, type DatabaseSettings } from './pools.js';
import { ReadServer, type ServerVersion } from './read-server.js';
import { ReadServers } from './read-servers.js';
import { replicatedPool } from './replicated-pool.js';
import { checkReplica } from './same-database.js';

export interface Readers {
  readonly readPool: pg.Pool;
  readonly primaryReadPool: pg.Pool;
  readonly readServers: ReadServers | null;
}

export interface ReadersOptions {
  readonly observer: StatementObserver | undefined;
  /** The version that a replica has reported while the primary is away. */
  readonly known?: ServerVersion | null;
}

/**
 * The readers' connections. A replica that is not available yet does not delay the start.
 *
 * @param reader the address of the primary with the readers' login, which is also used for replicas without a login
 * @param listening an address of the primary for listening to changes
 * @throws AppError DATABASE_READER_TOO_STRONG, DATABASE_RIGHTS_MISSING, DATABASE_MISMATCH
 */
export async function openReaders(
  reader: string,
  listening: string,
  settings: DatabaseSettings,
  { observer, known = null }: ReadersOptions,
): Promise<Readers> {
  const urls = (settings.databaseReplicaUrls ?? []).map((url) => {
    // Roles are replicated too, so the readers' login exists there.
    return hasLogin(url) ? url : withLoginOf(reader, url);
  });
  const primaryPool = createReadPool(reader, settings, { name: 'reader', observer });
  if (urls.length === 0)
    return { readPool: primaryPool, primaryReadPool: primaryPool, readServers: null };
  await Promise.all(urls.map(refuseStrongLogin));
  for (const url of urls) await checkReplica(reader, url);
  const version = () => primary.version ?? known;
  const part = (url: string, pool: pg.Pool, isReplica: boolean) =>
    new ReadServer({ url, pool, isReplica, primary: version });
  const primary = part(reader, primaryPool, false);
  const replicas = urls.map((url) =>
    part(url, createReadPool(url, settings, { name: 'reader', observer }), true),
  );
  const readServers = new ReadServers({ primary, replicas, url: listening });
  await readServers.start();
  const readPool = replicatedPool(readServers, primaryPool);
  return { readPool, primaryReadPool: primaryPool, readServers };
}

async function refuseStrongLogin(url: string): Promise<void> {
  try {
    await checkReader(url);
  } catch (error) {
    if ((error as AppError).reason !== 'DATABASE_UNREACHABLE') throw error;
  }
}
