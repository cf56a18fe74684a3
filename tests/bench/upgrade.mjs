// An upgrade under readers and a writer, from an earlier commit (built here) to this version:
//   node tests/bench/upgrade.mjs DATABASE_URL [COMMIT]   (after npm run build; the database is this bench's own)
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const READS_PER_SECOND = 40;
const WRITES_PER_SECOND = 2;
const RELEASES = 5_000;
/** How long reads go on before the new node starts, and after it is ready. */
const AROUND_MS = 10_000;
const [, , url, commit = '0725341'] = process.argv;
const checkout = path.join(import.meta.dirname, '../..');

const env = {
  ...{ PATH: process.env.PATH, LANG: 'en_US.UTF-8', DATABASE_URL: url, DEMO: '0', DEV_TOKENS: '1' },
  // Each read goes to the database; load shedding stays on, so the machine must have nothing else to do.
  ...{
    ANSWER_CACHE_MB: '0',
    READ_MODEL_MB: '0',
    RATE_LIMIT: '0',
    CONCURRENCY_PER_CLIENT: '0',
  },
};

function buildEarlier() {
  const folder = mkdtempSync(path.join(tmpdir(), 'oas-gateway-earlier-'));
  execFileSync('sh', ['-c', `git archive ${commit} | tar -x -C ${folder}`], { cwd: checkout });
  symlinkSync(path.join(checkout, 'node_modules'), path.join(folder, 'node_modules'));
  const compiler = path.join(checkout, 'node_modules/typescript/lib/tsc.js');
  execFileSync('node', [compiler, '-p', 'tsconfig.build.json'], { cwd: folder, stdio: 'inherit' });
  return folder;
}

const gateway = (folder, ...args) =>
  execFileSync('node', ['dist/main.js', ...args], { cwd: folder, env, encoding: 'utf8' });

async function serve(folder) {
  const node = spawn('node', ['dist/main.js', 'serve'], {
    ...{ cwd: folder, env: { ...env, PORT: '0', LOG_LEVEL: 'warn' } },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  const endpoint = await new Promise((resolve, reject) => {
    node.stdout.on('data', (chunk) => {
      out += chunk;
      const origin = /http:\/\/[\d.:]+(?=\/graphql)/.exec(out)?.[0];
      if (origin) resolve(`${origin}/graphql`);
    });
    node.on('exit', () => reject(new Error(`a server ended: ${out}`)));
  });
  return { node, endpoint };
}

async function send(endpoint, body, headers = {}) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { data, errors } = await response.json();
  if (response.status !== 200 || errors)
    throw new Error(errors?.[0].extensions.reason ?? `status ${response.status}`);
  return data;
}

/** Starts one request after another at an even rate, whether those before are done or not. */
function load(perSecond, request) {
  const taken = [];
  const faults = [];
  const under = new Set();
  const timer = setInterval(() => {
    const begun = performance.now();
    const one = request(taken.length + under.size)
      .catch((error) => faults.push(error.message))
      .finally(() => {
        taken.push(performance.now() - begun);
        under.delete(one);
      });
    under.add(one);
  }, 1_000 / perSecond);
  const end = async () => {
    clearInterval(timer);
    await Promise.all(under);
    return { taken: taken.sort((a, b) => a - b), faults };
  };
  return { end };
}

const READS = [
  '{ releases(first: 20, languages: ["fr"]) { totalCount nodes { number localized { title { value } } } } }',
  '{ releases(first: 5, search: "democracia", languages: ["es"]) { nodes { number localized { title { value } } } } }',
  '{ releases(first: 3, languages: ["en"]) { nodes { localized { title { value } body { html } } } } }',
];
const CREATE = `mutation ($number: String!) { createRelease(input: { number: $number, type: PRESS_RELEASE,
  date: "2026-05-01", originalLocale: ES, segments: [{ kind: TITLE, text: "Un título" },
  { kind: PARAGRAPH, text: "Un párrafo." }] }) { __typename } }`;

const earlier = buildEarlier();
const old = await serve(earlier);
const count = async () => {
  const { releases } = await send(old.endpoint, { query: '{ releases { totalCount } }' });
  return releases.totalCount;
};
// Minutes, unless an earlier run has left them there (and `gateway migrate down` was run since).
if ((await count()) < RELEASES) gateway(earlier, 'demo', '--releases', String(RELEASES));
const token = gateway(earlier, 'token', '--role', 'editor').trim().split(/\s/).at(-1);
const authorization = { authorization: `Bearer ${token}` };
const endpoints = [old.endpoint];
const endpoint = (n) => endpoints[n % endpoints.length];
const releases = await count();

const reading = load(READS_PER_SECOND, (n) =>
  send(endpoint(n), { query: READS[n % READS.length] }),
);
/** Other numbers than those of an earlier run. */
const first = 10_000 + (Math.floor(Date.now() / 1_000) % 80_000);
// On the old node only: the version before goes on writing.
const writing = load(WRITES_PER_SECOND, async (n) => {
  const variables = { number: `${first + n}/26` };
  const data = await send(old.endpoint, { query: CREATE, variables }, authorization);
  const { __typename: type } = data.createRelease;
  if (type !== 'ReleasePayload') throw new Error(type);
});
await pause(AROUND_MS);
const begun = performance.now();
const next = await serve(checkout);
const upgraded = performance.now() - begun;
endpoints.push(next.endpoint);
await pause(AROUND_MS);
const [reads, writes] = await Promise.all([reading.end(), writing.end()]);

const ms = (value) => `${Math.round(value)} ms`;
const at = ({ taken }, share) =>
  ms(taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]);
const summary = (one) =>
  `failed ${one.faults.length}, median ${at(one, 0.5)}, 99 % ${at(one, 0.99)}, slowest ${at(one, 1)}`;
console.log(
  `upgrade of ${releases.toLocaleString('en')} releases from ${commit}: ` +
    `${reads.taken.length} reads, ${summary(reads)}; ${writes.taken.length} writes, ${summary(writes)}; ` +
    `new node ready after ${ms(upgraded)}`,
);
for (const fault of new Set([...reads.faults, ...writes.faults])) console.log(fault);
for (const { node } of [old, next]) {
  node.kill('SIGTERM');
  await once(node, 'exit');
}
