#!/usr/bin/env node
import './app/v8-flags.js';

import { CommanderError } from 'commander';

import { readConfig } from './app/config.js';
import { commandPath } from './cli/help.js';
import { createProgram } from './cli/program.js';
import { createTerminal, type Terminal } from './cli/terminal.js';
import { usageFault } from './cli/usage-fault.js';
import { AppError } from './kernel/errors.js';
import { LOCALES } from './kernel/locale.js';
import { namedFault } from './platform/db/index.js';
import { loadMessages } from './platform/i18n/messages.js';
import { createLog } from './platform/log.js';

const messages = loadMessages();
const terminal = createTerminal(messages, process.env, configuredOrder());
const program = createProgram({ terminal, config: () => readConfig(process.env) });
// commander reports errors in English; usageFault reports them in the language of the terminal.
for (const command of [program, ...program.commands.flatMap((c) => [c, ...c.commands])]) {
  command.configureOutput({ outputError: () => undefined });
}

// The reader of the output may close it early (`| head`): the work continues without a reader.
process.stderr.on('error', () => undefined);
process.stdout.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE' || process.exitCode === 1) return;
  process.exitCode = 1;
  const message = terminal.fault(new AppError('FILE_UNWRITABLE', { file: '-', detail: code }));
  terminal.note(terminal.text('cli:fault', { message }));
});

try {
  // In production the program is started as `node dist/main.js`, which serves.
  const isBare = process.argv.length === 2;
  await program.parseAsync(isBare ? [...process.argv, 'serve'] : process.argv);
} catch (error) {
  process.exitCode = report(error, terminal);
}

/** @returns the exit code: 0 only for success, 2 for a wrong command line, else 1 */
function report(error: unknown, { text, fault, details, note }: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    note(text('cli:fault', { message: usageFault(error, terminal) }));
    const command = `${commandPath(program, process.argv.slice(2))} --help`;
    note(text('cli:usage.seeHelp', { command }));
    return 2;
  }
  const named = namedFault(error);
  if (named instanceof AppError) {
    note(text('cli:fault', { message: fault(named) }));
    const detail = details(named);
    if (detail !== null) note(text('cli:details', { detail }));
    return 1;
  }
  createLog('error').error({ err: error }, 'An unexpected error');
  const detail = error instanceof Error ? error.name : typeof error;
  note(text('cli:fault', { message: text('cli:unexpected', { detail }) }));
  return 1;
}

/** Messages about an invalid setting need the order of locales, so an invalid order is ignored here. */
function configuredOrder() {
  try {
    return readConfig(process.env).localeOrder;
  } catch {
    return LOCALES;
  }
}
