// From a fresh clone to a running program, with nothing but Node: installs and builds what is
// missing or out of date, then becomes the server, the command line or the tests.
//
// The build leaves type checking to `npm run check`, so that a start does not wait for it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { withLock as withLockOf } from './bootstrap-lock.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(ROOT, ...parts);

class Refusal extends Error {}

// ---- messages, in the language of the terminal

const words = JSON.parse(fs.readFileSync(at('src', 'bootstrap.words.json'), 'utf8'));

function chooseWords({ LANGUAGE, LC_ALL, LC_MESSAGES, LANG, LOCALE_ORDER }) {
  const wanted = [...(LANGUAGE ?? '').split(':'), LC_ALL || LC_MESSAGES || LANG || ''];
  const order = [...(LOCALE_ORDER ?? '').split(','), ...Object.keys(words)];
  const tags = [...wanted, ...order].map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return words[tags.find((tag) => tag in words)];
}

function text(key, values = {}) {
  const filled = chooseWords(process.env)[key];
  return filled.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name]));
}

/** Never on the standard output, which belongs to the command. */
const report = (key, values) => process.stderr.write(`${text(key, values)}\n`);

function checkNode() {
  const { engines } = JSON.parse(fs.readFileSync(at('package.json'), 'utf8'));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [isMajor, isMinor] = process.versions.node.split('.').map(Number);
  if (isMajor > major || (isMajor === major && isMinor >= minor)) return;
  throw new Refusal(text('node', { needed: `${major}.${minor}`, found: process.versions.node }));
}

// ---- what is up to date

const read = (file) => fs.readFileSync(file, 'utf8');
const readOrEmpty = (file) => (fs.existsSync(file) ? read(file) : '');

function digestOf(files) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of files)
    hash.update(`${path.relative(ROOT, file)}\n`).update(fs.readFileSync(file));
  return hash.digest('hex');
}

function filesIn(folder) {
  const entries = fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [];
  const paths = entries.map((entry) => [entry, path.join(folder, entry.name)]);
  return paths.flatMap(([entry, file]) => (entry.isDirectory() ? filesIn(file) : [file])).sort();
}

const explorerSource = at('src', 'web', 'explorer') + path.sep;
const webSource = at('src', 'web') + path.sep;
const lockfile = at('package-lock.json');

/** Each step: where its stamp lies, and the digest of all that it is made from. */
const install = {
  stamp: at('node_modules', '.gateway-install'),
  digest: () => digestOf([lockfile]),
};
const build = {
  stamp: at('dist', '.gateway-build'),
  digest: () =>
    digestOf([
      ...filesIn(at('src')).filter((file) => !file.startsWith(webSource)),
      at('tsconfig.json'),
      at('tsconfig.build.json'),
      lockfile,
    ]),
};
/** The pages contain the kernel. */
const site = {
  stamp: at('dist', '.gateway-site'),
  digest: () =>
    digestOf([
      ...filesIn(at('src', 'web')).filter((file) => !file.startsWith(explorerSource)),
      ...filesIn(at('src', 'kernel')),
      at('tsconfig.json'),
      lockfile,
    ]),
};
const explorer = {
  stamp: at('dist', '.gateway-explorer'),
  digest: () => digestOf([...filesIn(explorerSource), lockfile]),
};

const isFresh = (step) => readOrEmpty(step.stamp) === step.digest();
const explorerIsFresh = () => isFresh(explorer) && fs.existsSync(at('dist', 'explorer'));

/** Packages that somebody installed by hand, from the same lockfile, need not be installed again. */
function installedByHand() {
  const hidden = readOrEmpty(at('node_modules', '.package-lock.json'));
  if (hidden === '') return false;
  const present = JSON.parse(hidden).packages;
  return Object.entries(JSON.parse(read(lockfile)).packages).every(([name, wanted]) => {
    if (name === '') return true;
    if (present[name] === undefined) return wanted.optional === true;
    return present[name].integrity === wanted.integrity;
  });
}

// ---- the steps

/** One preparation at a time. */
function withLock(name, work) {
  fs.mkdirSync(at('dist'), { recursive: true });
  return withLockOf(at('dist', name), () => report('waiting'), work);
}

/** Runs one of our tools; its output goes to the standard error output. */
function runTool(file, args, note, options = {}) {
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options });
  if (child.pid !== undefined) note(child);
  const stop = () => child.kill();
  process.once('exit', stop);
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      process.off('exit', stop);
      done(code ?? signal);
    });
  });
}

async function installPackages(note) {
  if (!installedByHand()) {
    report('installing');
    // Under `npm start` this is the npm that runs us.
    const npm = process.env.npm_execpath ?? '';
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const code = npm.endsWith('npm-cli.js')
      ? await runTool(process.execPath, [npm, ...args], note)
      : await runTool('npm', args, note, { shell: process.platform === 'win32' });
    if (code !== 0) throw new Refusal(text('installFailed', { code }));
  }
  fs.writeFileSync(install.stamp, install.digest());
}

async function buildProgram(note) {
  report('building');
  const digest = build.digest();
  fs.rmSync(build.stamp, { force: true });
  for (const name of fs.readdirSync(at('dist'))) {
    if (!/^(explorer|site|\.)/.test(name)) fs.rmSync(at('dist', name), { recursive: true });
  }
  const compiler = at('node_modules', 'typescript', 'bin', 'tsc');
  const args = [compiler, '-p', 'tsconfig.build.json', '--noCheck'];
  const code = await runTool(process.execPath, args, note);
  if (code !== 0) throw new Refusal(text('buildFailed', { code }));
  // Last, so that a build which was cut short is done again.
  fs.writeFileSync(build.stamp, digest);
}

/** Without the pages the gateway still serves everything else. */
async function buildSite(note) {
  const digest = site.digest();
  const vite = at('node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', 'src/web/site/vite.config.mjs'];
  const code = await runTool(process.execPath, args, note);
  if (code === 0) fs.writeFileSync(site.stamp, digest);
  else report('siteFailed', { code });
}

function siteIsFresh() {
  if (filesIn(at('src', 'web', 'site')).length === 0) return true;
  return isFresh(site) && fs.existsSync(at('dist', 'site'));
}

async function prepare() {
  if (isFresh(install) && isFresh(build) && siteIsFresh()) return;
  await withLock('.bootstrap.lock', async (note) => {
    if (!isFresh(install)) await installPackages(note);
    if (!isFresh(build)) await buildProgram(note);
    if (!siteIsFresh()) await buildSite(note);
  });
}

async function buildExplorer(priority) {
  if (explorerIsFresh() || filesIn(explorerSource).length === 0) return;
  await withLock('.explorer.lock', async (note) => {
    if (explorerIsFresh()) return;
    const digest = explorer.digest();
    const vite = at('node_modules', 'vite', 'bin', 'vite.js');
    const args = [vite, 'build', '--config', 'src/web/explorer/vite.config.mjs'];
    const code = await runTool(process.execPath, args, (tool) => {
      note(tool);
      os.setPriority(tool.pid, priority);
    });
    if (code === 0) fs.writeFileSync(explorer.stamp, digest);
    else report('explorerFailed', { code });
  });
}

// ---- what to become

/** In this very process: signals arrive at the server itself, and its exit code is ours. */
async function become(args) {
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, at('dist', 'main.js'), ...args];
  await import(pathToFileURL(process.argv[1]).href);
}

async function runTests(args) {
  const jest = at('node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, ...args], { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((done) => {
    child.once('exit', (...outcome) => done(outcome));
  });
  process.exitCode = code ?? 128 + os.constants.signals[signal];
}

async function main([command, ...args]) {
  checkNode();
  await prepare();
  if (command === 'prepare') return;
  if (command === 'test') {
    await buildExplorer(os.constants.priority.PRIORITY_NORMAL);
    return runTests(args);
  }
  if (command === 'gateway') return become(args.length > 0 ? args : ['--help']);
  endWithParent();
  await become(['serve', ...args]);
  // The page can wait, the first response cannot: the server reads the page at its first request.
  const inBackground = () => buildExplorer(os.constants.priority.PRIORITY_LOW);
  setTimeout(() => void inBackground().catch(() => undefined), 1_000).unref();
}

/** npm passes a signal on to its shell, which ends without passing it on. */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const unwritable = ['EACCES', 'EROFS', 'EPERM'].includes(error?.code) && error.path;
  if (!(error instanceof Refusal) && !unwritable) throw error;
  const detail =
    unwritable && text('folder', { folder: path.dirname(error.path), detail: error.code });
  process.stderr.write(`${detail || error.message}\n`);
  process.exitCode = 1;
}
