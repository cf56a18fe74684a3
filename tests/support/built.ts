import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

let isBuilt = false;

/**
 * Builds the program unless it is built: as the two commands of the README do, one build at a time. Once per worker, so
 * that a run tests one build.
 */
export function ensureBuilt(): void {
  if (isBuilt) return;
  const env = { PATH: process.env['PATH'], LANG: 'en_US.UTF-8' };
  const { status, stderr } = spawnSync(process.execPath, ['src/bootstrap.mjs', 'prepare'], {
    cwd: CHECKOUT,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The program could not be built: ${stderr}`);
  isBuilt = true;
}
