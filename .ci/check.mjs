/**
 * `npm run check` runs every check below, `npm run check:NAME` one of them, two at a time. All are
 * run even where one fails, so that one run reports everything; a failing one names the command
 * that fixes it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';

const JEST = 'node --no-warnings node_modules/jest/bin/jest.js';

/** The longest first, so that the others run beside it. */
const CHECKS = [
  ['lint', 'eslint . --max-warnings 0', 'npm run fix:lint (and correct by hand what is left)'],
  [
    'types',
    // The build has no files of its own, only a root that no import may leave.
    'tsc -p tsconfig.json && tsc -p tsconfig.build.json --noEmit --noCheck && tsc -p docs/recipes && tsc -p src/web/app',
    'No command can: correct the lines above.',
  ],
  ['format', "prettier --check . '!schema/**'", 'npm run fix:format'],
  [
    'boundaries',
    'depcruise --config .dependency-cruiser.mjs src',
    'No command can: turn the import round; the layers stand in .dependency-cruiser.mjs.',
  ],
  ['dead-code', 'knip', 'npm run fix:dead-code (and remove by hand what is left)'],
  [
    'names',
    'node .ci/names.mjs',
    'No command can: use the words after the arrows; the table is .ci/names.json.',
  ],
  ['schema', 'npm run -s gateway -- schema --check', 'npm run gen:schema'],
  [
    'operations',
    'node .ci/operations.mjs --check && node .ci/web-types.mjs --check',
    'npm run gen:operations',
  ],
  [
    'catalogs',
    `${JEST} --silent tests/contract/catalogs.test.ts`,
    'No command can: give the named texts in all four folders of locales/.',
  ],
];

const requested = process.argv.slice(2);
const queue = CHECKS.filter(([name]) => requested.length === 0 || requested.includes(name));
if (queue.length === 0) {
  console.error(`No such check. There are: ${CHECKS.map(([name]) => name).join(', ')}`);
  process.exit(1);
}

const cwd = path.dirname(import.meta.dirname);
const PATH = [path.join(cwd, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);

const passed = [];
const failed = [];

async function run([name, command, remedy]) {
  const start = performance.now();
  const child = spawn(command, {
    cwd,
    env: { ...process.env, PATH },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Printed together when the check ends: two checks must not mix their lines.
  const output = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => output.push(chunk));
  const [code] = await once(child, 'close');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`\n── ${name}: ${command}\n${Buffer.concat(output).toString().trimEnd()}`);
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (code === 0) passed.push(name);
  else failed.push(`${name}. To fix it: ${remedy}`);
}

async function runQueue() {
  for (let next = queue.shift(); next; next = queue.shift()) await run(next);
}

await Promise.all(Array.from({ length: Math.min(2, os.availableParallelism()) }, runQueue));

console.log(
  failed.length === 0
    ? `\nAll checks passed: ${passed.join(', ')}.`
    : `\nFailed checks:\n${failed.map((line) => `  ${line}`).join('\n')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
