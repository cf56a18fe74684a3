import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
  readonly to: string;
}

/** [the importing file, what it imports, the rule that it breaks] */
const FORBIDDEN: [string, string, string][] = [
  ['src/kernel/a.ts', 'src/platform/db/pool.ts', 'kernel-stands-alone'],
  ['src/kernel/b.ts', 'node:fs', 'kernel-has-no-input-or-output'],
  ['src/kernel/c.ts', 'typeorm', 'kernel-has-no-framework'],
  ['src/platform/a.ts', 'src/features/audience/index.ts', 'platform-knows-no-feature'],
  ['src/platform/b.ts', 'src/app/config.ts', 'platform-knows-no-feature'],
  ['src/features/release/a.ts', 'src/app/app.ts', 'features-know-no-application'],
  ['src/features/release/b.ts', 'src/features/audience/row.ts', 'features-meet-at-their-index'],
  ['src/features/audience/c.ts', 'src/features/release/index.ts', 'audience-imports-lower-ranks'],
  ['src/features/catalog/d.ts', 'src/features/translation/index.ts', 'catalog-imports-lower-ranks'],
  ['src/features/reading/a.ts', 'src/features/release/index.ts', 'readers-never-touch-authoring'],
  ['src/features/sync/a.ts', 'src/features/translation/index.ts', 'readers-never-touch-authoring'],
  ['src/features/sync/b.ts', 'src/features/language/index.ts', 'readers-never-touch-authoring'],
  ['src/cli/a.ts', 'src/features/release/release.service.ts', 'application-uses-the-index'],
  ['src/cli/b.ts', 'src/features/weather/index.ts', 'every-feature-has-a-rank'],
  ['src/cli/c.ts', 'src/main.ts', 'main-is-the-top'],
  ['src/cli/d.ts', 'jest', 'production-parts-only'],
  ['src/cli/e.ts', 'src/nowhere.ts', 'no-unknown-module'],
  ['src/cli/f.ts', 'tests/support/app.ts', 'no-tests-in-the-product'],
  ['src/web/explorer/page.js', 'src/kernel/locale.ts', 'explorer-imports-nothing-of-ours'],
  ['src/platform/http/e.ts', 'src/web/explorer/words.js', 'nothing-imports-the-explorer'],
  ['src/web/app/a.ts', 'src/platform/db/pool.ts', 'the-app-imports-the-pages'],
  ['src/web/site/a.ts', 'src/web/app/page.ts', 'pages-import-the-kernel-only'],
  ['src/kernel/ring-one.ts', 'src/kernel/ring-two.ts', 'no-cycle'],
];

const ALLOWED: [string, string][] = [
  ['src/kernel/ok.ts', 'src/kernel/locale.ts'],
  ['src/kernel/ok-match.ts', '@formatjs/intl-localematcher'],
  ['src/platform/ok.ts', 'src/kernel/locale.ts'],
  ['src/platform/ok-db.ts', 'typeorm'],
  ['src/features/release/ok.ts', 'src/features/audience/index.ts'],
  ['src/features/release/ok-own.ts', 'src/features/release/release.service.ts'],
  ['src/features/reading/ok.ts', 'src/features/audience/index.ts'],
  ['src/features/worklist/ok.ts', 'src/features/reading/index.ts'],
  ['src/app/app.ts', 'src/features/worklist/index.ts'],
  ['src/main.ts', 'src/app/app.ts'],
];

/** What the rows import; empty modules otherwise. */
const PRESENT = [
  'src/web/app/page.ts',
  'src/platform/db/pool.ts',
  'src/app/config.ts',
  'src/kernel/locale.ts',
  'src/features/audience/row.ts',
  'src/features/release/release.service.ts',
  'src/web/explorer/words.js',
  'tests/support/app.ts',
  ...['audience', 'release', 'translation', 'language', 'reading', 'worklist', 'weather'].map(
    (name) => `src/features/${name}/index.ts`,
  ),
];

let folder: string;
let found: Violation[];

async function put(path: string, text: string) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function importOf(from: string, to: string): string {
  if (!to.includes('/') || to.startsWith('@')) return `import '${to}';\n`;
  return `import './${relative(dirname(from), to).replace(/\.ts$/, '.js')}';\n`;
}

/** The rules run over `cwd` as `npm run check:boundaries` runs them. */
function cruise(cwd: string): Promise<Violation[]> {
  const args = [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src'];
  return new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (!stdout) return reject(new Error(stderr, { cause: error }));
      const report = JSON.parse(stdout) as { summary: { violations: Violation[] } };
      resolve(report.summary.violations);
    });
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boundaries-'));
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
    await cp(join(project, file), join(folder, file));
  }
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  for (const path of PRESENT) await put(path, 'export {};\n');
  for (const [from, to] of [...FORBIDDEN, ...ALLOWED]) await put(from, importOf(from, to));
  await put('src/kernel/ring-two.ts', importOf('src/kernel/ring-two.ts', 'src/kernel/ring-one.ts'));
  found = await cruise(folder);
});

afterAll(() => rm(folder, { recursive: true }));

describe('the direction of imports', () => {
  it.each(FORBIDDEN)('%s may not import %s (%s)', (from, _to, rule) => {
    expect(found.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(rule);
  });

  it.each(ALLOWED)('%s may import %s', (from) => {
    expect(found.filter((one) => one.from === from)).toEqual([]);
  });

  it('holds in the whole of src/', async () => {
    const faults = await cruise(project);
    expect(faults.map((one) => `${one.rule.name}: ${one.from} → ${one.to}`)).toEqual([]);
  });
});
