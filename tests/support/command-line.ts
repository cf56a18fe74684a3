import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { CHECKOUT, ensureBuilt } from './built.js';

const MAIN = join(CHECKOUT, 'dist', 'main.js');

export interface Outcome {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** The command line `gateway`, as built, in a process of its own. */
export function startGateway(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  ensureBuilt();
  const child = spawn(process.execPath, [MAIN, ...args], {
    // The child must not inherit the settings of the developer who runs the tests.
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const outcome = once(child, 'close').then(([code]) => {
    return { code: code as number | null, stdout, stderr };
  });
  return { process: child, outcome };
}

export function gateway(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return startGateway(args, env).outcome;
}
