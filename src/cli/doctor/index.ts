import type { Command } from 'commander';

import type { Config } from '../../app/config.js';
import type { Terminal } from '../terminal.js';
import { examine } from './doctor.js';
import type { Finding, Status } from './finding.js';

/** `gateway doctor`: reports problems and how to fix them. The exit code is 0 if no check found an error. */
export function addDoctor(program: Command, terminal: Terminal, config: () => Config): void {
  program
    .command('doctor')
    .description(terminal.text('cli:doctor.description'))
    .option('--json', terminal.text('cli:help.json'))
    .action(async ({ json = false }: { json?: boolean }) => {
      const checks = await examine(config, terminal);
      const count = (status: Status) => checks.filter((one) => one.status === status).length;
      const [errors, warnings] = [count('error'), count('warning')];
      if (json) terminal.printJson({ checks, errors, warnings });
      else {
        for (const finding of checks) terminal.print(lineOf(finding, terminal));
        terminal.print(terminal.text('cli:doctor.summary', { errors, warnings }));
      }
      if (errors > 0) process.exitCode = 1;
    });
}

function lineOf({ check, status, message }: Finding, { text }: Terminal): string {
  const state = text(`cli:doctor.states.${status}`);
  return text('cli:doctor.line', { state, name: text(`cli:doctor.names.${check}`), message });
}
