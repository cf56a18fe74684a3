import type pg from 'pg';
import type { DataSource } from 'typeorm';

import { openReaders } from './open-readers.js';
import {
  createDataSource,
  createReadPool,
  createRefusingPool,
  type DatabaseOptions,
  type DatabaseSettings,
  NO_MIGRATIONS,
  singleClient,
} from './pools.js';
import type { ServerVersion } from './read-server.js';
import { type ReadServers } from './read-servers.js';
import { type Addresses, type ReadersOnly, type ReadersOnlyReason } from './readers-only.js';
import { redirectPool } from './redirect.js';

export interface Connected {
  readonly dataSource: DataSource;
  /** For a separate client with a session, with the login of `dataSource`. Contains a password: never log it. */
  readonly url: string;
  /** The data folder of the embedded server; null for any other server. */
  readonly embeddedFolder: string | null;
  /** Closes the pools and leaves the embedded server. May be called twice; never rejects. */
  close(): Promise<void>;
}

/** With the login that owns everything, for migrations. */
export type OwnerDatabase = Connected;

/** With a login for each purpose, which has only the rights that the purpose needs. */
export interface Database extends Connected {
  /** Connections that may SELECT in the readers' schemas and nothing else. */
  readonly readPool: pg.Pool;
  /** The same on the primary, for changes that a replica may lack; the same pool without replicas. */
  readonly primaryReadPool: pg.Pool;
  /** The source of the connections of `readPool`; null without replicas. */
  readonly readServers: ReadServers | null;
  /** Connections for reads of the authoring side by staff. */
  readonly staffPool: pg.Pool;
  /** Runs work that only the owner may do, over its own connection; not for requests. */
  readonly asOwner: <T>(work: (owner: pg.Client) => Promise<T>) => Promise<T>;
  /** Set if the node started for readers only; otherwise null. */
  readonly readersOnly: ReadersOnly | null;
}

/** How a node serves readers only. */
export interface Mode {
  readonly reason: ReadersOnlyReason;
  /** The version of the replica. */
  readonly version: ServerVersion | null;
  /** Resolves with the owner's address of the primary once the node can do everything; null if it never can. */
  readonly primary: Promise<string | null>;
}

interface PoolAddresses extends Addresses {
  /** The writer's login for TypeORM's first connection. */
  readonly dataSource: string;
}

export async function openPools(
  owner: Pick<OwnerDatabase, 'url' | 'embeddedFolder' | 'close'>,
  addresses: PoolAddresses,
  settings: DatabaseSettings,
  { entities, observer }: DatabaseOptions,
  mode: Mode | null = null,
): Promise<Database> {
  const { reader, writer, listener } = addresses;
  const isBesideNewer = mode?.reason === 'NEWER_DATABASE';
  const dataSource = await createDataSource(addresses.dataSource, settings, {
    ...(entities && { entities }),
    ...(observer && { observer }),
    migrations: NO_MIGRATIONS,
    isReadOnly: isBesideNewer,
  }).initialize();
  const options = { observer, known: mode?.version ?? null };
  const readers = await openReaders(reader, listener, settings, options);
  // This version does not know the authoring side of a newer one.
  const staffPool = isBesideNewer
    ? createRefusingPool()
    : createReadPool(writer, settings, { name: 'staff', observer });
  let ownerUrl = owner.url;
  const turnToPrimary = (url: string): void => {
    ownerUrl = url;
    redirectPool(masterOf(dataSource), writer);
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled([readers.readPool.end(), staffPool.end(), dataSource.destroy()]);
    await owner.close();
  };
  return {
    ...{ dataSource, url: listener, ...readers, staffPool },
    asOwner: (work) => withClient(ownerUrl, work),
    readersOnly: mode && readersOnlyUntil(mode, turnToPrimary),
    embeddedFolder: owner.embeddedFolder,
    close: once(close),
  };
}

function readersOnlyUntil(
  { reason, primary }: Mode,
  turnToPrimary: (url: string) => void,
): ReadersOnly {
  let isOver = false;
  const over = primary.then((url) => {
    if (url === null) return new Promise<void>(() => undefined);
    turnToPrimary(url);
    isOver = true;
  });
  return {
    reason,
    over,
    get isOver() {
      return isOver;
    },
  };
}

function masterOf(dataSource: DataSource): pg.Pool {
  return (dataSource.driver as unknown as { master: pg.Pool }).master;
}

export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = singleClient(url);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
