import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../kernel/errors.js';
import { canUse, chooseAccount, giveTo } from './account.js';
import { findBinaries, reachableBinaries } from './binaries.js';
import type { Account } from './process.js';

/** Where root puts files that another user must be able to reach and cannot reach in the data folder. */
const SHELF = '/var/lib/oas-release-gateway';

/** Stored in the data folder, readable only by its owner. */
export interface ServerRecord {
  readonly password: string;
  /** The location of the cluster if it is not in the data folder itself. */
  readonly folder?: string;
  /** The last port; used again if it is free, so that open pools find the server. */
  readonly port?: number;
}

export interface Place {
  readonly account: Account;
  /** Folder with `bin/postgres` and `bin/initdb`. */
  readonly binaries: string;
  /** Contains the cluster (`data`) and its log; belongs to the account. */
  readonly home: string;
  readonly cluster: string;
  readonly log: string;
  readonly record: ServerRecord;
  readonly recordPath: string;
  /** The record was just created; an older cluster has another password. */
  readonly recordIsNew: boolean;
}

/**
 * @returns the canonical path of the folder, the same for all processes that share it
 * @throws AppError DATA_FOLDER_UNUSABLE if the folder is not writable
 */
export async function prepareDataFolder(dataDir: string): Promise<string> {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    await makeFolder(dataDir);
    await writeFile(probe, '');
    await rm(probe);
    return await realpath(dataDir);
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

/**
 * Creates a folder and its parents. Node's own `recursive` never returns if a folder exists that does not allow a
 * subfolder, such as /proc.
 */
async function makeFolder(path: string): Promise<void> {
  const above = dirname(path);
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await stat(above).catch(() => null)) !== null) throw error;
    await makeFolder(above);
    await mkdir(path);
  }
}

/** Decides which user runs PostgreSQL, and where its programs and data are. Call it under the file lock. */
export async function choosePlace(dataDir: string): Promise<Place> {
  try {
    const recordPath = join(dataDir, 'postgres.json');
    const recorded = await readRecord(recordPath);
    const record = recorded ?? { password: randomBytes(24).toString('base64url') };
    const inPlace = join(dataDir, 'postgres');
    const current = record.folder ?? inPlace;
    const account = await chooseAccount(join(current, 'data'));
    const home = await reachableHome(account, current, dataDir);
    const placed = { ...record, ...(home === inPlace ? {} : { folder: home }) };
    if (recorded === null || placed.folder !== recorded.folder)
      await writeRecord(recordPath, placed);
    return {
      account,
      binaries: await reachableBinaries(await findBinaries(), account, SHELF),
      home,
      cluster: join(home, 'data'),
      log: join(home, 'server.log'),
      record: placed,
      recordPath,
      recordIsNew: recorded === null,
    };
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

async function reachableHome(account: Account, wanted: string, dataDir: string): Promise<string> {
  await mkdir(wanted, { recursive: true, mode: 0o700 });
  if (account === null) return wanted;
  await giveHome(account, wanted);
  if (await canUse(account, 'w', wanted)) return wanted;

  // A random suffix: after the data folder was emptied, a new start must not find old data here.
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const staged = join(SHELF, `${hash}-${randomBytes(4).toString('hex')}`);
  await mkdir(SHELF, { recursive: true });
  await chmod(SHELF, 0o755);
  await moveTo(wanted, staged);
  if (!(await canUse(account, 'w', staged))) throw unusable(staged, { code: 'EACCES' });
  return staged;
}

async function giveHome(account: NonNullable<Account>, home: string): Promise<void> {
  await chown(home, account.uid, account.gid);
  const cluster = await stat(join(home, 'data')).catch(() => null);
  // A cluster that belongs to root was copied or restored by root.
  if (cluster !== null && cluster.uid !== account.uid) await giveTo(account, home);
}

async function moveTo(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await cp(from, `${to}.part`, { recursive: true, verbatimSymlinks: true });
    await rename(`${to}.part`, to);
    await rm(from, { recursive: true, force: true });
  }
}

/** The location of the cluster of a data folder; null if none was ever created there. Writes nothing. */
export async function findCluster(dataDir: string): Promise<string | null> {
  const record = await readRecord(join(dataDir, 'postgres.json'));
  return record && join(record.folder ?? join(dataDir, 'postgres'), 'data');
}

async function readRecord(path: string): Promise<ServerRecord | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ServerRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaced atomically, so that a crash leaves either the old record or the new one. */
export async function writeRecord(path: string, record: ServerRecord): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
  await rename(draft, path);
}

export function unusable(folder: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const detail = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new AppError('DATA_FOLDER_UNUSABLE', { folder, detail }, { cause: error });
}
