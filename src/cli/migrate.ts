import type { DataSource } from 'typeorm';

import type { Config } from '../app/config.js';
import { fillSearchIndex } from '../features/publication/index.js';
import { migrate, openOwner, pendingMigrations } from '../platform/db/index.js';
import type { Terminal } from './terminal.js';

export type MigrateAction = 'up' | 'down' | 'status';

/** Migrates the database to the newest version, reverts the newest migration, or lists pending ones. */
export async function runMigrate(
  config: Config,
  terminal: Terminal,
  { action, json }: { action: MigrateAction; json: boolean },
): Promise<void> {
  const owner = await openOwner(config);
  try {
    if (action === 'status') {
      const pending = await pendingMigrations(owner.dataSource);
      if (json) return terminal.printJson({ pending });
      for (const name of pending) terminal.print(terminal.text('cli:migrate.pendingOne', { name }));
      if (pending.length === 0) terminal.print(terminal.text('cli:migrate.upToDate'));
      return;
    }
    const onBlocked = (attempt: number) => {
      terminal.note(terminal.text('cli:migrate.blocked', { attempt }));
    };
    const names = await migrate(owner.dataSource, action, { onBlocked });
    const indexed = action === 'up' ? await indexTexts(owner.dataSource, terminal) : 0;
    if (json) {
      return terminal.printJson(
        action === 'up' ? { applied: names, indexed } : { reverted: names },
      );
    }
    const key = action === 'up' ? 'cli:migrate.appliedOne' : 'cli:migrate.revertedOne';
    for (const name of names) terminal.print(terminal.text(key, { name }));
    const count = names.length;
    if (count === 0) {
      const none = action === 'up' ? 'cli:migrate.upToDate' : 'cli:migrate.nothingToRevert';
      terminal.print(terminal.text(none));
    } else if (action === 'up') {
      terminal.print(terminal.text('cli:migrate.done', { count }));
    }
    if (indexed > 0) terminal.print(terminal.text('cli:migrate.indexed', { count: indexed }));
  } finally {
    await owner.close();
  }
}

/** Completes the indexing that a server does in the background. @returns how many texts were not indexed yet */
async function indexTexts(dataSource: DataSource, terminal: Terminal): Promise<number> {
  return fillSearchIndex(dataSource, (done, total) => {
    if (total > 0) terminal.progress(terminal.text('cli:migrate.indexing', { done, total }));
  });
}
