import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import {
  type PullCommandOptions,
  type PushCommandOptions,
  runPull,
  runPush,
} from '../../src/cli/locales.js';
import { readConfig } from '../../src/app/config.js';
import type { Locale } from '../../src/kernel/locale.js';
import { SHIPPED_CATALOGS } from '../../src/platform/i18n/catalog-folder.js';
import { testSettings } from './database.js';
import { recordingTerminal } from './importing.js';

/** What `gateway locales --json` prints. */
export interface CarryDocument {
  readonly summary: Readonly<Record<string, number>>;
  readonly conflicts: readonly object[];
  readonly refused: readonly object[];
  readonly files: readonly string[];
  readonly dryRun: boolean;
}

/** What a run of `gateway locales` came to. */
export interface CarryRun {
  /** The exit code is 0 exactly then. */
  readonly ok: boolean;
  readonly lines: readonly string[];
  readonly documents: readonly CarryDocument[];
}

/** A folder of catalogs, and `gateway locales` run over it. */
export interface Carrying {
  readonly folder: string;
  /** `fr/app` */
  read(name: string): Promise<string>;
  write(name: string, content: string | object): Promise<void>;
  remove(name: string): Promise<void>;
  push(options?: Partial<PushCommandOptions>, locale?: Locale): Promise<CarryRun>;
  pull(options?: Partial<PullCommandOptions>, locale?: Locale): Promise<CarryRun>;
  close(): Promise<void>;
}

/**
 * @param ownerUrl of the database
 * @param shipped whether the folder begins with the project's own catalogs
 */
export async function createCarrying(ownerUrl: string, shipped: boolean): Promise<Carrying> {
  const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-locales-'));
  if (shipped) await cp(SHIPPED_CATALOGS, folder, { recursive: true });
  const config = { ...readConfig({}), ...testSettings(ownerUrl) };
  const path = (name: string) => join(folder, `${name}.json`);
  const defaults = { force: false, dryRun: false, json: true, prune: false };
  return {
    folder,
    read: (name) => readFile(path(name), 'utf8'),
    async write(name, content) {
      await mkdir(dirname(path(name)), { recursive: true });
      const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
      await writeFile(path(name), text);
    },
    remove: (name) => rm(path(name)),
    async push(options = {}, locale = 'EN') {
      const { terminal, lines, documents } = recordingTerminal(locale, folder);
      const ok = await runPush(config, terminal, folder, { ...defaults, ...options });
      return { ok, lines, documents: documents as unknown as CarryDocument[] };
    },
    async pull(options = {}, locale = 'EN') {
      const { terminal, lines, documents } = recordingTerminal(locale, folder);
      const ok = await runPull(config, terminal, folder, { ...defaults, ...options });
      return { ok, lines, documents: documents as unknown as CarryDocument[] };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
