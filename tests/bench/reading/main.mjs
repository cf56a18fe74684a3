// How fast readers are served, beside two floors: npm run bench -- --help
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openBenchDatabase } from './database.mjs';
import { readOptions } from './options.mjs';
import { plannedPairs } from './plan.mjs';
import { peakMemory, PINNED } from './process.mjs';
import { printHottest } from './profile.mjs';
import { printTables, summarize } from './report.mjs';
import { openBench } from './bench.mjs';

const ROOT = join(import.meta.dirname, '../../..');

// Nobody else would end the servers that were started.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

const options = readOptions();
if (options) await run(options);

async function run(options) {
  const pairs = plannedPairs(options.only);
  if (pairs.length === 0) throw new Error('--only names nothing that is measured; see --help');
  if (options.build) build();
  const database = await openBenchDatabase(ROOT, options);
  const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-bench-run-'));
  try {
    const bench = await openBench({ root: ROOT, folder, database, pairs, ...options });
    try {
      await bench.prepare();
      const rows = summarize(await bench.measure());
      const memory = memoryOf(bench.servers);
      report(options, rows, memory);
      if (options.json) await writeJson(options, rows, memory, database.size);
    } finally {
      await bench.close();
    }
    if (options.profile) for (const path of bench.profiles) printHottest(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
    await database.leave();
  }
}

function build() {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [compiler, '-p', 'tsconfig.build.json', '--noCheck'];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
}

function memoryOf(servers) {
  return Object.fromEntries([...servers].map(([name, { pid }]) => [name, peakMemory(pid)]));
}

function report({ rounds, seconds, connections, releases }, rows, memory) {
  console.log(
    `\nmedians of ${rounds} rounds of ${seconds} s, ${connections} connections, ${releases} releases, ${PINNED}`,
  );
  printTables(rows);
  const peaks = Object.entries(memory).map(([name, peak]) => `${name} ${peak ?? '?'} MB`);
  console.log(`\npeak memory: ${peaks.join(', ')}`);
}

async function writeJson(options, rows, memory, tables) {
  const { releases, seconds, rounds, connections } = options;
  const all = {
    releases,
    seconds,
    rounds,
    connections,
    rows: Object.fromEntries(rows),
    memory,
    tables,
  };
  await writeFile(options.json, `${JSON.stringify(all, null, 2)}\n`);
}
