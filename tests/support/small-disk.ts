import { execFile } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { databaseCode } from '../../src/platform/db/faults.js';
import type { TestPostgres } from './postgres.js';

const run = promisify(execFile);

/** A file system of its own, so small that a test can fill it. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  empty(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * @returns null where this machine lets nothing be mounted
 */
export async function smallDisk(
  { place: { account } }: TestPostgres,
  megabytes: number,
): Promise<SmallDisk | null> {
  const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder]);
  } catch {
    await rm(folder, { recursive: true, force: true });
    return null;
  }
  if (account) await chown(folder, account.uid, account.gid);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      await writeFile(ballast, Buffer.alloc(megabytes * 2 ** 20)).catch((error: unknown) => {
        if (databaseCode(error) !== 'ENOSPC') throw error;
      });
    },
    empty: () => rm(ballast, { force: true }),
    async remove() {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
