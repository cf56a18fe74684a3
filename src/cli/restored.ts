import type { Command } from 'commander';
import type { QueryRunner } from 'typeorm';

import type { Config } from '../app/config.js';
import {
  listWaiting,
  recordServer,
  type ScheduledRelease,
  type ServerRecord,
} from '../features/publication/index.js';
import { TAG_OF } from '../kernel/locale.js';
import { migrate, openOwner, refuseRunningNodes, rotateLogins } from '../platform/db/index.js';
import type { MessageKey } from '../platform/i18n/messages.js';
import { instantText } from './instant-text.js';
import type { Terminal } from './terminal.js';

interface RestoreReport extends ServerRecord {
  readonly waiting: readonly ScheduledRelease[];
  readonly disabledLogins: readonly string[];
}

/**
 * `gateway restored`: run once after the database was restored, before any node starts. The id of the database and the
 * key of its cursors stay the same, so that copies from before the restore point remain valid.
 */
export function addRestored(program: Command, terminal: Terminal, config: () => Config): void {
  const { text } = terminal;
  program
    .command('restored')
    .description(text('cli:restored.description'))
    .option('--json', text('cli:help.json'))
    .action(async ({ json = false }: { json?: boolean }) => {
      const report = await recordRestore(config());
      if (json) terminal.printJson(jsonOf(report));
      else print(terminal, report);
    });
}

/** @throws AppError NODES_RUNNING, and the errors of openOwner and migrate */
async function recordRestore(config: Config): Promise<RestoreReport> {
  const owner = await openOwner(config);
  try {
    let report: RestoreReport | null = null;
    const then = async (runner: QueryRunner) => {
      await refuseRunningNodes(runner);
      // All or nothing, so that it can be run again.
      report = await runner.manager.transaction(async (manager): Promise<RestoreReport> => {
        const record = await recordServer(manager, 'RESTORED');
        if (record === null) throw new Error('a restore is always recorded');
        await manager.query(`DELETE FROM platform.secret WHERE name = 'development_key'`);
        const disabledLogins = await rotateLogins(runner, owner.url, config);
        return { ...record, waiting: await listWaiting(manager), disabledLogins };
      });
    };
    await migrate(owner.dataSource, 'up', { then });
    if (report === null) throw new Error('the work after the migrations was done');
    return report;
  } finally {
    await owner.close();
  }
}

function print(
  terminal: Terminal,
  { seq, heldBack, waiting, disabledLogins }: RestoreReport,
): void {
  const { text, print: line } = terminal;
  const list = (releases: readonly ScheduledRelease[]) => {
    for (const { number, at, locales } of releases) {
      const tags = locales.map((locale) => TAG_OF[locale]).join(', ');
      line(`  ${number}  ${instantText(at, terminal.locale)}  ${tags}`);
    }
  };
  const counted = (count: number, some: MessageKey, none: MessageKey) =>
    count > 0 ? text(some, { count }) : text(none);
  line(text('cli:restored.recorded', { seq }));
  line(counted(heldBack.length, 'cli:restored.heldBack', 'cli:restored.heldBackNone'));
  list(heldBack);
  line(counted(waiting.length, 'cli:restored.waiting', 'cli:restored.waitingNone'));
  list(waiting);
  line(text('cli:restored.rotated'));
  for (const login of disabledLogins) line(text('cli:restored.disabled', { login }));
}

function jsonOf({ seq, heldBack, waiting, disabledLogins }: RestoreReport) {
  return { lastChange: seq, heldBack, waiting, disabledLogins };
}
