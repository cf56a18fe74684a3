import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../.ci/names.mjs', import.meta.url));

const FIXTURE: Record<string, string> = {
  'src/reader.ts': `
    export interface ReaderParts { readonly limit: number; }
    const parts = [1].filter((soonest) => soonest > 0);
    export function keptPageOf(page: string): string { return page; }
    export const cachedPage = { LOG_HEAD: parts, heading: keptPageOf('almost') };
  `,
  'src/public-follower.js':
    'export const text = "kept, asked and told in a text are fine"; // as in a comment: told',
  'src/page.jsx': 'export const page = <p lang="en">{whoever}</p>;',
  'src/table.json': '{ "kept": true }',
};

describe('check:names', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'names-'));
    for (const [name, text] of Object.entries(FIXTURE)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('refuses private words in identifiers, properties, attributes and names of files', async () => {
    const { code, lines } = await check(folder);

    expect(lines).toEqual([
      expect.stringMatching(/^src\/page\.jsx:1: lang → locale/),
      expect.stringMatching(/^src\/page\.jsx:1: whoever → client/),
      expect.stringMatching(/^src\/public-follower\.js: the name of the file → change feed/),
      expect.stringMatching(/^src\/reader\.ts:2: ReaderParts → …Options or …Dependencies/),
      expect.stringMatching(/^src\/reader\.ts:4: keptPageOf → cached/),
      expect.stringMatching(/^src\/reader\.ts:5: LOG_HEAD → version/),
      expect.stringMatching(/^src\/reader\.ts:5: keptPageOf → cached/),
      '7 names to change in 4 files.',
    ]);
    expect(code).toBe(1);
  });
});

function check(folder: string): Promise<{ code: number | null; lines: string[] }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, folder], (_error, stdout) =>
      resolve({ code: child.exitCode, lines: stdout.trim().split('\n') }),
    );
  });
}
