import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { CHECKOUT, ensureBuilt } from './built.js';
import type { Outcome } from './command-line.js';

export interface Served {
  readonly process: ChildProcess;
  /** The address that it reports: `http://127.0.0.1:4000`. Rejects if it ends before. */
  readonly origin: Promise<string>;
  /** The address of its metrics, as it reports it. Rejects if it ends before. */
  readonly metrics: Promise<string>;
  /** Waits until this text is in its stdout or stderr. */
  untilOutput(text: string): Promise<void>;
  readonly outcome: Promise<Outcome>;
}

/** All the readers of a test come from one address, and a machine that runs tests is busy. */
const NO_LIMITS = { RATE_LIMIT: '0', CONCURRENCY_PER_CLIENT: '0', OVERLOAD_DELAY_MS: '0' };

/** `node dist/main.js serve`, as in production, on a free port unless the settings name one. */
export function serveBuilt(
  env: NodeJS.ProcessEnv,
  uid?: number,
  flags: readonly string[] = [],
): Served {
  ensureBuilt();
  const child = spawn(process.execPath, [...flags, 'dist/main.js', 'serve'], {
    cwd: CHECKOUT,
    env: {
      ...{ PATH: process.env['PATH'], LANG: 'en_US.UTF-8', PORT: '0', DEMO: '0' },
      ...NO_LIMITS,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const notify = () => listeners.forEach((listener) => listener());
  child.stdout.on('data', (chunk: Buffer) => ((stdout += chunk.toString()), notify()));
  child.stderr.on('data', (chunk: Buffer) => ((stderr += chunk.toString()), notify()));
  const outcome = once(child, 'close').then(([code]): Outcome => {
    return { code: code as number | null, stdout, stderr };
  });
  const until = <T>(find: () => T | null) =>
    new Promise<T>((resolve, reject) => {
      const check = () => {
        const found = find();
        if (found === null) return;
        listeners.delete(check);
        resolve(found);
      };
      listeners.add(check);
      void outcome.then(() => reject(new Error(`The server ended: ${stderr}`)));
      check();
    });
  const origin = until(() => /http:\/\/[\d.:]+(?=\/graphql)/.exec(stdout)?.[0] ?? null);
  const metrics = until(() => /http:\/\/[\d.:]+\/metrics/.exec(stderr)?.[0] ?? null);
  // A test that waits for the end of the process may not await an address.
  for (const address of [origin, metrics]) address.catch(() => undefined);
  const untilOutput = async (text: string) => {
    await until(() => (`${stdout}${stderr}`.includes(text) ? text : null));
  };
  return { process: child, origin, metrics, untilOutput, outcome };
}
