import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'src/bootstrap.mjs',
  'src/bootstrap-lock.mjs',
  'src/bootstrap.words.json',
];

const ECHO = `console.log(JSON.stringify(process.argv.slice(2)));
process.exitCode = Number(process.env['LEAVE_WITH'] ?? 0);`;

const SERVER = `const timer = setInterval(() => undefined, 1000);
process.once('SIGTERM', () => { console.log('drained'); clearInterval(timer); process.exitCode = 7; });
console.log('serving ' + process.argv[2]);`;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'oas-gateway-checkout-'));
  await mkdir(join(checkout, 'src'));
  for (const file of COPIED) await cp(join(CHECKOUT, file), join(checkout, file));
  await symlink(join(CHECKOUT, 'node_modules'), join(checkout, 'node_modules'));
  await write('src/main.ts', ECHO);
});
afterEach(() => rm(checkout, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFile(join(checkout, file), text);

function launch(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['src/bootstrap.mjs', ...args], {
    cwd: checkout,
    // Without a path to npm: a test must never install anything over the checkout's own packages.
    env: { PATH: '', LANG: 'en_US.UTF-8', ...env },
    stdio: 'pipe',
  });
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const run = (args: string[], env?: NodeJS.ProcessEnv) => outcomeOf(launch(args, env));

describe('the bootstrap', () => {
  it('builds first, then gives stdout to the command alone', async () => {
    const first = await run(['gateway', 'import', 'a file.txt', '--json']);
    expect(first).toEqual({
      code: 0,
      stdout: '["import","a file.txt","--json"]\n',
      stderr: 'Building…\n',
    });
    expect(await run(['gateway', 'x'])).toEqual({ code: 0, stdout: '["x"]\n', stderr: '' });
  });

  it("returns the command's exit code", async () => {
    expect((await run(['gateway'], { LEAVE_WITH: '3' })).code).toBe(3);
  });

  it('rebuilds what has changed, and leaves nothing of what was removed', async () => {
    await write('src/old.ts', 'export const old = 1;');
    await run(['gateway']);
    expect(await readdir(join(checkout, 'dist'))).toContain('old.js');
    await rm(join(checkout, 'src/old.ts'));
    await write('src/main.ts', "console.log('new');");
    expect((await run(['gateway'])).stdout).toBe('new\n');
    expect(await readdir(join(checkout, 'dist'))).not.toContain('old.js');
  });

  it('builds again what a killed build has left', async () => {
    await run(['gateway']);
    await rm(join(checkout, 'dist', '.gateway-build'));
    await write('dist/main.js', 'console.log(');
    expect((await run(['gateway', 'x'])).stdout).toBe('["x"]\n');
  });

  it('builds once for two that start at the same time', async () => {
    const both = await Promise.all([run(['gateway', 'a']), run(['gateway', 'b'])]);
    expect(both.map(({ stdout }) => stdout)).toEqual(['["a"]\n', '["b"]\n']);
    expect(both.filter(({ stderr }) => stderr.includes('Building'))).toHaveLength(1);
  });

  it('does not wait for a start that died', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    await mkdir(join(checkout, 'dist'));
    await write('dist/.bootstrap.lock', `token ${hostname()} ${dead.pid}`);
    expect((await run(['gateway', 'x'])).stdout).toBe('["x"]\n');
  });

  it('passes a signal to the server, and its exit code back', async () => {
    await write('src/main.ts', SERVER);
    const child = launch(['start']);
    const ended = outcomeOf(child);
    child.stdout?.once('data', () => child.kill('SIGTERM'));
    expect(await ended).toMatchObject({ code: 7, stdout: 'serving serve\ndrained\n' });
  });

  it('reports in one sentence that Node is too old', async () => {
    const manifest = await readFile(join(checkout, 'package.json'), 'utf8');
    await write('package.json', manifest.replace(/"node": ".*"/, '"node": ">=99.1"'));
    expect(await run(['gateway'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `Node.js 99.1 or later is required; this is ${process.versions.node}.\n`,
    });
  });

  it('installs what another lockfile requires, and reports it when it cannot', async () => {
    await rm(join(checkout, 'node_modules'));
    const fakeNpm = join(checkout, 'npm-cli.js');
    await writeFile(fakeNpm, 'console.error(process.argv[2]); process.exitCode = 9;');
    const outcome = await run(['gateway'], { npm_execpath: fakeNpm, LANG: 'es_PE.UTF-8' });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr.split('\n')).toEqual([
      'Instalando los paquetes…',
      'ci',
      'No se pudieron instalar los paquetes (npm ci, código de salida 9).',
      '',
    ]);
  });

  it('speaks four languages alike', async () => {
    const words = JSON.parse(
      await readFile(join(CHECKOUT, 'src/bootstrap.words.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    const shape = (locale: string) =>
      Object.entries(words[locale] ?? {}).map(([key, text]) => [
        key,
        (text.match(/\{\{\w+\}\}/g) ?? []).sort(),
      ]);
    expect(Object.keys(words)).toEqual(['en', 'es', 'fr', 'pt']);
    for (const locale of ['es', 'fr', 'pt']) expect(shape(locale)).toEqual(shape('en'));
  });
});
