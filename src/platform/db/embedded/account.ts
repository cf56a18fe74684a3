import { chmod, chown, lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Account } from './process.js';

async function idOf(user: string): Promise<Account> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
  if (uid.code !== 0 || gid.code !== 0) return null;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/**
 * PostgreSQL refuses to run as root. For root, it therefore runs as the user that owns the existing cluster, else as
 * `postgres` if that user exists, else as `nobody`.
 *
 * @param cluster the cluster's folder, which need not exist yet
 */
export async function chooseAccount(cluster: string): Promise<Account> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(cluster).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await idOf('postgres')) ?? (await idOf('nobody')) ?? { uid: 65_534, gid: 65_534 };
}

/** Tried rather than computed from mode bits: the result also depends on ACLs, mounts and parent folders. */
export async function canUse(account: Account, flag: 'w' | 'x', path: string): Promise<boolean> {
  const test = 'test -x "$1" && test -r "$1" && { test "$2" != w || test -w "$1"; }';
  return (await run('sh', ['-c', test, 'sh', path, flag], { account })).code === 0;
}

/** Gives a folder and its contents to the account. Links are not followed. */
export async function giveTo(account: Account, folder: string): Promise<void> {
  if (account === null) return;
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(account, path);
    else await lchown(path, account.uid, account.gid);
  }
}

/** Makes a folder of programs readable for everybody, and its executables executable. */
export async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
