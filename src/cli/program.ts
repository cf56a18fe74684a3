import { Command, InvalidArgumentError, Option } from 'commander';

import type { Config } from '../app/config.js';
import { MAX_RELEASES } from '../demo/generate.js';
import { withDatabase } from './database.js';
import { loadDemo, loadGenerated } from './demo.js';
import { addDoctor } from './doctor/index.js';
import { type ExportOptions, runExport } from './export.js';
import { helpIn } from './help.js';
import { runImport } from './import.js';
import { localeArgument } from './locale-argument.js';
import { packageVersion } from './package-version.js';
import { publishedAtArgument } from './published-at-argument.js';
import { addLocales } from './locales.js';
import { type MigrateAction, runMigrate } from './migrate.js';
import { addRestored } from './restored.js';
import { addRoles } from './roles.js';
import { runSchema } from './schema.js';
import { serve } from './serve.js';
import type { Terminal } from './terminal.js';
import { addToken } from './token.js';

/** The dependencies of a command: settings are read when it runs, so that help works without them. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly config: () => Config;
}

/** The command line `gateway`, in the language of the terminal. */
export function createProgram({ terminal, config }: CommandContext): Command {
  const { text } = terminal;
  const program = new Command('gateway')
    .description(text('cli:program.description'))
    .helpOption('-h, --help', text('cli:help.help'))
    .helpCommand('help [command]', text('cli:help.helpOf'))
    .version(packageVersion(), '--version', text('cli:help.version'))
    .configureHelp(helpIn(terminal))
    .exitOverride();

  program
    .command('serve')
    .description(text('cli:serve.description'))
    .action(() => serve(config(), terminal));

  addMigrate(program, terminal, config);
  addImport(program, terminal, config);

  program
    .command('export')
    .description(text('cli:export.description'))
    .option('-o, --output <file>', text('cli:export.output'))
    .option('--force', text('cli:export.force'))
    .option('--json', text('cli:help.json'))
    .action((options: ExportOptions) => runExport(config(), terminal, options));

  addDemo(program, terminal, config);

  addToken(program, terminal, config);

  addRestored(program, terminal, config);

  addLocales(program, terminal, config);
  addDoctor(program, terminal, config);
  addRoles(program, terminal, config);

  program
    .command('schema')
    .description(text('cli:schema.description'))
    .option('--check', text('cli:schema.check'))
    .option('--write', text('cli:schema.write'))
    .action((options: { check?: boolean; write?: boolean }) => runSchema(terminal, options));

  for (const command of program.commands) {
    command.helpOption('-h, --help', text('cli:help.help')).exitOverride();
    for (const one of [command, ...command.commands]) one.configureHelp(helpIn(terminal));
  }
  return program;
}

type ReadConfig = CommandContext['config'];

function addMigrate(program: Command, terminal: Terminal, config: ReadConfig): void {
  const { text } = terminal;
  const migrate = program.command('migrate').description(text('cli:migrate.description'));
  for (const action of ['up', 'down', 'status'] as const satisfies MigrateAction[]) {
    migrate
      .command(action, { isDefault: action === 'up' })
      .description(text(`cli:migrate.${action}`))
      .option('--json', text('cli:help.json'))
      .helpOption('-h, --help', text('cli:help.help'))
      .exitOverride()
      .action(({ json = false }: { json?: boolean }) =>
        runMigrate(config(), terminal, { action, json }),
      );
  }
}

function addImport(program: Command, terminal: Terminal, config: ReadConfig): void {
  const { text } = terminal;
  program
    .command('import')
    .description(text('cli:import.description'))
    .argument('<file...>', text('cli:import.files'))
    .option('--publish', text('cli:import.publish'))
    .addOption(
      new Option('--original <locale>', text('cli:import.original')).argParser(localeArgument),
    )
    .addOption(
      new Option('--published-at <when>', text('cli:import.publishedAt')).argParser(
        publishedAtArgument,
      ),
    )
    .option('--dry-run', text('cli:import.dryRun'))
    .option('--force', text('cli:import.force'))
    .option('--json', text('cli:help.json'))
    .action(async (files: string[], given: Partial<Parameters<typeof runImport>[3]>) => {
      const options = { publish: false, dryRun: false, force: false, json: false, ...given };
      if (!(await runImport(config(), terminal, files, options))) process.exitCode = 1;
    });
}

function addDemo(program: Command, terminal: Terminal, config: ReadConfig): void {
  const { text } = terminal;
  program
    .command('demo')
    .description(text('cli:demo.description'))
    .addOption(new Option('--releases <count>', text('cli:demo.releases')).argParser(howMany))
    .addOption(
      new Option('--seed <number>', text('cli:demo.seed')).argParser(wholeNumber).default(1),
    )
    .option('--json', text('cli:help.json'))
    .action(async (options: { releases?: number; seed: number; json?: boolean }) => {
      const { releases: count, seed, json = false } = options;
      await withDatabase(config(), async (database, interrupted) => {
        const loaded = await loadDemo(database.dataSource);
        const generated =
          count === undefined
            ? 0
            : await loadGenerated(database, terminal, { count, seed, interrupted });
        if (json) return terminal.printJson({ loaded, generated });
        const key = loaded > 0 ? 'cli:demo.loaded' : 'cli:demo.alreadyLoaded';
        terminal.print(text(key, { count: loaded }));
        if (count !== undefined) terminal.print(text('cli:demo.generated', { count: generated }));
      });
    });
}

function wholeNumber(value: string): number {
  if (!/^\d{1,5}$/.test(value)) throw new InvalidArgumentError('0…99999');
  return Number(value);
}

function howMany(value: string): number {
  const count = wholeNumber(value);
  if (count > MAX_RELEASES) throw new InvalidArgumentError(`0…${MAX_RELEASES}`);
  return count;
}
