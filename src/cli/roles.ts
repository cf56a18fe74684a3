import type { Command } from 'commander';

import type { Config } from '../app/config.js';
import { createGroupRoles, ROLES_SQL, withOwnerClient } from '../platform/db/checks.js';
import type { Terminal } from './terminal.js';

interface RolesOptions {
  readonly sql?: boolean;
  readonly json?: boolean;
}

/**
 * `gateway roles`: creates the roles that a dump references but does not contain, before it is restored to another
 * server.
 */
export function addRoles(program: Command, terminal: Terminal, config: () => Config): void {
  program
    .command('roles')
    .description(terminal.text('cli:roles.description'))
    .option('--sql', terminal.text('cli:roles.sql'))
    .option('--json', terminal.text('cli:help.json'))
    .action((options: RolesOptions) => runRoles(config, terminal, options));
}

async function runRoles(
  config: () => Config,
  terminal: Terminal,
  { sql = false, json = false }: RolesOptions,
): Promise<void> {
  // Without a connection, for users who may not create roles.
  if (sql) return json ? terminal.printJson({ sql: ROLES_SQL }) : terminal.print(ROLES_SQL);
  const report = await withOwnerClient(config(), (client) =>
    createGroupRoles(async <T extends object>(statement: string) => {
      return (await client.query<T>(statement)).rows;
    }),
  );
  if (json) return terminal.printJson(report);
  for (const name of report.created) terminal.print(terminal.text('cli:roles.created', { name }));
  for (const name of report.existing) terminal.print(terminal.text('cli:roles.existing', { name }));
}
