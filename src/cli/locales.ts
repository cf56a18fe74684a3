import { relative } from 'node:path';

import { type Command, Option } from 'commander';

import type { Config } from '../app/config.js';
import { pullCatalogs, pushCatalogs, type WrittenCatalog } from '../features/catalog/index.js';
import { AppError } from '../kernel/errors.js';
import type { Locale } from '../kernel/locale.js';
import { withTransaction } from '../platform/db/index.js';
import {
  readCatalogFolder,
  SHIPPED_CATALOGS,
  writeCatalog,
} from '../platform/i18n/catalog-folder.js';
import { withDatabase } from './database.js';
import { localeArgument } from './locale-argument.js';
import { reportCarried } from './locales-report.js';
import { pathOf } from './named-file.js';
import type { Terminal } from './terminal.js';

export interface PullCommandOptions {
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export interface PushCommandOptions extends PullCommandOptions {
  readonly prune: boolean;
  readonly original?: Locale;
}

/** `gateway locales push` and `gateway locales pull`. */
export function addLocales(program: Command, terminal: Terminal, config: () => Config): void {
  const { text } = terminal;
  const locales = program.command('locales').description(text('cli:locales.description'));
  const original = new Option('--original <locale>', text('cli:locales.original'));
  const defaults = { force: false, dryRun: false, json: false, prune: false };

  begin(locales, 'push', terminal)
    .addOption(original.argParser(localeArgument))
    .option('--prune', text('cli:locales.prune'))
    .action(async (folder: string | undefined, given: Partial<PushCommandOptions>) => {
      const options = { ...defaults, ...given };
      if (!(await runPush(config(), terminal, folder, options))) process.exitCode = 1;
    });
  begin(locales, 'pull', terminal).action(
    async (folder: string | undefined, given: Partial<PullCommandOptions>) => {
      const options = { ...defaults, ...given };
      if (!(await runPull(config(), terminal, folder, options))) process.exitCode = 1;
    },
  );
}

function begin(locales: Command, name: 'push' | 'pull', { text }: Terminal): Command {
  return locales
    .command(name)
    .description(text(`cli:locales.${name}`))
    .argument('[folder]', text('cli:locales.folder'))
    .option('--force', text(`cli:locales.${name}Force`))
    .option('--dry-run', text('cli:locales.dryRun'))
    .option('--json', text('cli:help.json'))
    .helpOption('-h, --help', text('cli:help.help'))
    .exitOverride();
}

/**
 * Writes the texts of a folder to the database.
 *
 * @param named the folder; default: the one of this package
 * @returns whether nothing is left to resolve
 * @throws AppError CATALOG_FOLDER_EMPTY, CATALOG_UNREADABLE
 */
export async function runPush(
  config: Config,
  terminal: Terminal,
  named: string | undefined,
  { force, dryRun, json, prune, original }: PushCommandOptions,
): Promise<boolean> {
  const folder = folderOf(named);
  const files = await readCatalogFolder(folder);
  if (files.length === 0) {
    throw new AppError('CATALOG_FOLDER_EMPTY', { folder, example: 'fr/app.json' });
  }
  const { localeOrder: order } = config;
  const options = { force, dryRun, prune, original: original ?? null, order };
  const report = await withDatabase(config, ({ dataSource }) =>
    withTransaction(dataSource, (manager) => pushCatalogs(manager, files, options)),
  );
  return reportCarried(terminal, report, { direction: 'push', dryRun, json, files: [] });
}

/**
 * Writes the texts of the database to the files of a folder.
 *
 * @param named the folder; default: the one of this package
 * @returns whether nothing is left to resolve
 * @throws AppError CATALOG_UNREADABLE, FILE_UNWRITABLE
 */
export async function runPull(
  config: Config,
  terminal: Terminal,
  named: string | undefined,
  { force, dryRun, json }: PullCommandOptions,
): Promise<boolean> {
  const folder = folderOf(named);
  const present = await readCatalogFolder(folder);
  const write = async (files: readonly WrittenCatalog[]): Promise<void> => {
    for (const { path, json } of files) await writeCatalog(path, json);
  };
  const options = { force, write: dryRun ? null : write };
  const { report, files } = await withDatabase(config, ({ dataSource }) =>
    withTransaction(dataSource, (manager) => pullCatalogs(manager, folder, present, options)),
  );
  const paths = files.map(({ path }) => relative(folder, path));
  return reportCarried(terminal, report, { direction: 'pull', dryRun, json, files: paths });
}

function folderOf(named: string | undefined): string {
  return named === undefined ? SHIPPED_CATALOGS : pathOf(named);
}
