import {
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
  chmod,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { loadDemo } from '../../src/cli/demo.js';
import { OutputFile } from '../../src/cli/output-file.js';
import { runExport } from '../../src/cli/export.js';
import { readConfig } from '../../src/app/config.js';
import { singleClient } from '../../src/platform/db/index.js';
import { type Running, startGateway } from '../support/command-line.js';
import { createTestDatabase, type TestDatabase, testSettings } from '../support/database.js';
import { silentTerminal } from '../support/importing.js';

let test: TestDatabase;
let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  await loadDemo(test.database.dataSource);
});
afterAll(() => test.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oas-gateway-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function exportTo(name: string, force = false): Promise<void> {
  const config = { ...readConfig({}), ...testSettings(test.ownerUrl) };
  return runExport(config, silentTerminal(), { output: path(name), force });
}

const refusal = (reason: string, name: string) =>
  expect.objectContaining({ reason, vars: { file: path(name) } });

describe('the file of an export', () => {
  it('is written once, and replaced only by --force, with its permissions', async () => {
    await exportTo('all.jsonl');
    const whole = await readFile(path('all.jsonl'), 'utf8');
    expect(whole.trimEnd().split('\n')).toHaveLength(11);
    await writeFile(path('all.jsonl'), 'mine');
    await chmod(path('all.jsonl'), 0o600);
    await expect(exportTo('all.jsonl')).rejects.toEqual(refusal('FILE_EXISTS', 'all.jsonl'));
    expect(await readFile(path('all.jsonl'), 'utf8')).toBe('mine');
    await exportTo('all.jsonl', true);
    expect(await readFile(path('all.jsonl'), 'utf8')).toBe(whole);
    expect((await stat(path('all.jsonl'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['all.jsonl']);
  });

  it.each([false, true])('is never written through a link; --force: %s', async (force) => {
    await writeFile(path('precious'), 'mine');
    await symlink(path('precious'), path('link.jsonl'));
    await symlink(path('nowhere'), path('dangling.jsonl'));
    for (const name of ['link.jsonl', 'dangling.jsonl']) {
      await expect(exportTo(name, force)).rejects.toEqual(refusal('FILE_NOT_REGULAR', name));
    }
    expect(await readFile(path('precious'), 'utf8')).toBe('mine');
    expect(await readlink(path('link.jsonl'))).toBe(path('precious'));
    expect((await readdir(folder)).sort()).toEqual(['dangling.jsonl', 'link.jsonl', 'precious']);
  });

  it('does not replace one that another process made meanwhile', async () => {
    const file = await OutputFile.create(path('all.jsonl'), { force: false, name: 'all.jsonl' });
    file.stream.end('ours');
    await once(file.stream, 'finish');
    await writeFile(path('all.jsonl'), 'theirs');
    await expect(file.complete('all.jsonl')).rejects.toThrow('FILE_EXISTS');
    await file.discard();
    expect(await readFile(path('all.jsonl'), 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['all.jsonl']);
  });

  it('leaves nothing behind where the export is interrupted', async () => {
    const blocker = singleClient(test.ownerUrl);
    await blocker.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE published.text IN ACCESS EXCLUSIVE MODE');
      const running = startGateway(['export', '-o', path('all.jsonl')], {
        DATABASE_URL: test.ownerUrl,
      });
      await Promise.race([untilBlocked(blocker), endsEarly(running)]);
      expect(await readdir(folder)).toHaveLength(1);
      running.process.kill('SIGTERM');
      await blocker.query('ROLLBACK');
      const { code } = await running.outcome;
      expect(code).toBe(1);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await blocker.end();
    }
  });

  it('leaves nothing behind where the database is away', async () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      DATABASE_WAIT_MS: '0',
    });
    const exporting = runExport(config, silentTerminal(), { output: path('all.jsonl') });
    await expect(exporting).rejects.toThrow('DATABASE_UNREACHABLE');
    expect(await readdir(folder)).toEqual([]);
  });
});

/** Rejects when the command ends, with what it reported. */
async function endsEarly({ outcome }: Running): Promise<void> {
  throw new Error(`it ended: ${(await outcome).stderr}`);
}

/** Resolves when a statement waits for a lock. */
async function untilBlocked(client: ReturnType<typeof singleClient>): Promise<void> {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline;) {
    // What a transaction reads of pg_stat_activity stays as it was at first.
    const { rows } = await client.query('SELECT FROM pg_locks WHERE NOT granted');
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('no statement waits for a lock');
}
