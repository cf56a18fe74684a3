import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './process.js';
import { wallClockMs } from '../../../kernel/wall-clock.js';

/** A holder renews its file at this interval, and is considered dead after `STALE_MS` without a renewal. */
const BEAT_MS = 3_000;
const STALE_MS = 20_000;

/** Tokens that this process holds: its process id in a file proves nothing, because ids are reused. */
const held = new Set<string>();

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/**
 * Runs `work` while only this process holds the lock file. Node has no `flock`, so a dead holder is recognized by its
 * process id or, if that is not conclusive, by a file that is no longer renewed.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  while (!(await claim(path, token))) {
    await evictDeadHolder(path);
    await pause(40 + Math.random() * 40);
  }
  held.add(token);
  const beat = setInterval(() => void touch(path), BEAT_MS);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    held.delete(token);
    if ((await readHolder(path))?.token === token) await rm(path, { force: true });
  }
}

/** The file appears with its content at once: written elsewhere, then linked, which fails if the target exists. */
async function claim(path: string, token: string): Promise<boolean> {
  const draft = `${path}.${token}`;
  const holder: Holder = { pid: process.pid, host: hostname(), token };
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function evictDeadHolder(path: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder === null || !(await isDead(path, holder))) return;
  const aside = `${path}.${randomUUID()}.dead`;
  await rename(path, aside).catch(() => undefined);
  // Another process may have evicted it first, and the file that was moved away is that of the new holder.
  if ((await readHolder(aside))?.token !== holder.token) {
    await link(aside, path).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

async function isDead(path: string, holder: Holder): Promise<boolean> {
  const sameHost = holder.host === hostname();
  if (sameHost && holder.pid === process.pid) return !held.has(holder.token);
  if (sameHost && !isAlive(holder.pid)) return true;
  const file = await stat(path).catch(() => null);
  return file !== null && wallClockMs() - file.mtimeMs > STALE_MS;
}

async function readHolder(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // Not written by the gateway, or damaged by a power cut: only its age decides.
    return { pid: -1, host: '', token: text };
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
