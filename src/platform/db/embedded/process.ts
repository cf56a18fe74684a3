import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';

/** The user that runs PostgreSQL; `null` is the user of this process. */
export type Account = { readonly uid: number; readonly gid: number } | null;

export interface Outcome {
  /** −1 if the program could not be started. */
  readonly code: number;
  /** The output of both streams, trimmed. */
  readonly output: string;
}

interface RunOptions {
  readonly account?: Account;
  readonly input?: string;
}

/** PostgreSQL does not inherit the settings of the parent, which contain passwords. */
const environment = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  LANG: 'C',
  TZ: 'UTC',
};

function spawnOptions(account: Account | undefined) {
  // The other user may not be able to enter the current folder; every user can enter `/`.
  const identity = account ? { uid: account.uid, gid: account.gid } : {};
  return { cwd: '/', env: environment, ...identity };
}

/** Runs a program until it ends. Never rejects. */
export function run(file: string, args: string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(file, args, { ...spawnOptions(options.account), stdio: 'pipe' });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => done({ code: -1, output: error.message }));
    child.on('close', (code) => done({ code: code ?? -1, output: output.trim() }));
  });
}

/**
 * Starts a program in its own session, so that it outlives this process and does not receive a Ctrl+C at the terminal.
 *
 * @returns resolves with a text when the program has ended; never rejects
 */
export function launch(
  file: string,
  args: string[],
  options: { account: Account; log: string },
): { ended: Promise<string> } {
  const log = openSync(options.log, 'a', 0o600);
  try {
    const child = spawn(file, args, {
      ...spawnOptions(options.account),
      detached: true,
      stdio: ['ignore', log, log],
    });
    const ended = new Promise<string>((done) => {
      child.on('error', (error) => done(error.message));
      child.on('exit', (code, signal) => done(String(signal ?? code)));
    });
    child.unref();
    return { ended };
  } finally {
    closeSync(log);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a running process is the PostgreSQL server of that folder, as far as the operating system reports it. */
export async function isServerOf(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    // The current folder of a server is its data folder, even after that was moved, or if it is a link.
    const [at, wanted] = await Promise.all([
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
      realpath(folder).catch(() => folder),
    ]);
    return at === wanted;
  }
  return (await run('ps', ['-o', 'args=', '-p', String(pid)])).output.includes('postgres');
}
