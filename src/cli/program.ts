import { Command, InvalidArgumentError, Option } from 'commander';

import type { Config } from '../app/config.js';
import { addDoctor } from './doctor/index.js';
import { MAX_RELEASES } from '../demo/max-releases.js';
import type { DemoOptions } from './demo.js';
import type { ExportOptions } from './export.js';
import { helpIn } from './help.js';
import type { runImport } from './import.js';
import { localeArgument } from './locale-argument.js';
import { packageVersion } from './package-version.js';
import { publishedAtArgument } from './published-at-argument.js';
import { addLocales } from './locales.js';
import type { MigrateAction } from './migrate.js';
import { addRestored } from './restored.js';
import { addRoles } from './roles.js';
import type { Terminal } from './terminal.js';
import { addToken } from './token.js';

/**
 * The dependencies of a command: settings are read when it runs, so that help works without them. The code of a command
 * is loaded when it runs: that of the server takes most of a second.
 */
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
    .action(async () => (await import('./serve.js')).serve(config(), terminal));

  addMigrate(program, terminal, config);
  addImport(program, terminal, config);

  program
    .command('export')
    .description(text('cli:export.description'))
    .option('-o, --output <file>', text('cli:export.output'))
    .option('--force', text('cli:export.force'))
    .option('--json', text('cli:help.json'))
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('./export.js');
      await runExport(config(), terminal, options);
    });

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
    .action(async (options: { check?: boolean; write?: boolean }) => {
      const { runSchema } = await import('./schema.js');
      runSchema(terminal, options);
    });

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
      .action(async ({ json = false }: { json?: boolean }) => {
        const { runMigrate } = await import('./migrate.js');
        await runMigrate(config(), terminal, { action, json });
      });
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
      const { runImport } = await import('./import.js');
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
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./demo.js');
      await runDemo(config(), terminal, options);
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
