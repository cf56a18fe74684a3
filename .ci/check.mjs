/**
 * `npm run check` runs every check below, `npm run check:NAME` one of them. All are run even where
 * one fails, so that one run tells everything; a failing one names the command that mends it.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const JEST = 'node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js';

const CHECKS = [
  [
    'types',
    'tsc -p tsconfig.json && tsc -p tsconfig.build.json --noEmit && tsc -p docs/recipes',
    'No command can: correct the lines above.',
  ],
  ['lint', 'eslint . --max-warnings 0', 'npm run fix:lint (and correct by hand what is left)'],
  ['format', "prettier --check . '!schema/**'", 'npm run fix:format'],
  [
    'boundaries',
    'depcruise --config .dependency-cruiser.mjs src',
    'No command can: turn the import round; the layers stand in .dependency-cruiser.mjs.',
  ],
  ['dead-code', 'knip', 'npm run fix:dead-code (and remove by hand what is left)'],
  ['schema', 'npm run -s gateway -- schema --check', 'npm run gen:schema'],
  ['operations', 'node .ci/operations.mjs --check', 'npm run gen:operations'],
  [
    'catalogs',
    `${JEST} --silent tests/contract/catalogs.test.ts`,
    'No command can: give the named texts in all four folders of locales/.',
  ],
];

const asked = process.argv.slice(2);
const chosen = CHECKS.filter(([name]) => asked.length === 0 || asked.includes(name));
if (chosen.length === 0) {
  console.error(`No such check. There are: ${CHECKS.map(([name]) => name).join(', ')}`);
  process.exit(1);
}

const cwd = path.dirname(import.meta.dirname);
const PATH = [path.join(cwd, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter);

const failed = [];
for (const [name, command, remedy] of chosen) {
  console.log(`\n── ${name}: ${command}`);
  const start = performance.now();
  const { status } = spawnSync(command, {
    cwd,
    env: { ...process.env, PATH },
    shell: true,
    stdio: 'inherit',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
  if (status !== 0) failed.push(`${name}. To fix it: ${remedy}`);
}

console.log(
  failed.length === 0
    ? `\nAll checks passed: ${chosen.map(([name]) => name).join(', ')}.`
    : `\nFailed checks:\n${failed.map((line) => `  ${line}`).join('\n')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
