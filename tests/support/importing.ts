import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { runExport } from '../../src/cli/export.js';
import { type ImportCommandOptions, runImport } from '../../src/cli/import.js';
import { createTerminal, type Terminal } from '../../src/cli/terminal.js';
import { readConfig } from '../../src/app/config.js';
import { LOCALES, type Locale, TAG_OF } from '../../src/kernel/locale.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createTestApp, type TestApp } from './app.js';
import { testSettings } from './database.js';

export interface ImportRun {
  /** Whether all went in: the exit code is 0 exactly then. */
  readonly ok: boolean;
  /** What was printed, results and notes in their order; with `json`, the documents. */
  readonly lines: readonly string[];
  readonly documents: readonly Record<string, unknown>[];
}

/** A gateway with a folder of files for it to import. */
export interface Importing extends TestApp {
  /** Writes files into the folder; names without a path. */
  files(contents: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  path(name: string): string;
  import(names: readonly string[], options?: Partial<ImportCommandOptions>): Promise<ImportRun>;
  /** All that is published, as `gateway export` writes it. */
  export(): Promise<string>;
}

export async function createImporting(): Promise<Importing> {
  const app = await createTestApp();
  const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-import-'));
  const path = (name: string) => resolve(folder, name);
  const config = { ...readConfig({}), ...testSettings(app.ownerUrl) };
  return {
    ...app,
    path,
    async files(contents) {
      for (const [name, content] of Object.entries(contents)) {
        await mkdir(dirname(path(name)), { recursive: true });
        await writeFile(path(name), content);
      }
    },
    async import(names, options = {}) {
      const { terminal, lines, documents } = recordingTerminal('EN', folder);
      const whole = { publish: false, force: false, dryRun: false, json: false, ...options };
      const ok = await runImport(config, terminal, names.map(path), whole);
      return { ok, lines, documents };
    },
    async export() {
      const output = path('export.jsonl');
      await runExport(config, recordingTerminal('EN', folder).terminal, {
        output,
        force: true,
      });
      return readFile(output, 'utf8');
    },
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For what speaks to nobody. */
export function silentTerminal(): Terminal {
  return recordingTerminal('EN', '').terminal;
}

/** Records what is printed, without the path of the folder. */
export function recordingTerminal(locale: Locale, folder: string) {
  const messages = loadMessages();
  const lines: string[] = [];
  const documents: Record<string, unknown>[] = [];
  const record = (line: string): void => void lines.push(line.replaceAll(`${folder}/`, ''));
  const terminal: Terminal = {
    ...createTerminal(messages, { LANG: TAG_OF[locale] }, LOCALES),
    print: record,
    note: record,
    printJson: (value) => {
      documents.push(
        JSON.parse(JSON.stringify(value).replaceAll(`${folder}/`, '')) as Record<string, unknown>,
      );
    },
    progress: () => undefined,
  };
  return { terminal, lines, documents };
}
