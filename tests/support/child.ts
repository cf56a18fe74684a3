import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('./typescript-loader.mjs', import.meta.url).href;

export interface Child {
  readonly pid: number;
  /** The next line that it prints, as JSON. Rejects with its error output if it ends before. */
  next<T>(): Promise<T>;
  /** Ends its input, which the children of `tests/support/children` take as the sign to leave. */
  leave(): Promise<number>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
}

/** Runs `tests/support/children/<name>.ts` in a process of its own. */
export function startChild(name: string, args: string[], options: ChildOptions = {}): Child {
  const script = fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
  // Jest's own flags are not for the child.
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, ['--import', LOADER, script, ...args], {
    env: { ...env, ...options.env },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    stdio: 'pipe',
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    async next<T>() {
      const line = await lines.next();
      if (line.done === true) throw new Error(`The child ended: ${errors}`);
      return JSON.parse(line.value) as T;
    },
    async leave() {
      child.stdin.end();
      const [code] = (await exited) as [number | null];
      return code ?? -1;
    },
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}
