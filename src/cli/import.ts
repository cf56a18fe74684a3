import type { Config } from '../app/config.js';
import { ReferenceCache } from '../features/audience/index.js';
import { settleProjection } from '../features/publication/index.js';
import type { ImportOptions } from '../features/import/index.js';
import type { Locale } from '../kernel/locale.js';
import { ReadSnapshot } from '../platform/db/index.js';
import { withDatabase } from './database.js';
import { ImportReport } from './import-report.js';
import { importLines, importPages, type ImportTools } from './import-sources.js';
import type { Terminal } from './terminal.js';

export interface ImportCommandOptions extends Pick<
  ImportOptions,
  'publish' | 'force' | 'publishedAt'
> {
  readonly original?: Locale;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const LINES = /\.(?:jsonl|ndjson)$/i;

/** The author of an import in the history. */
const BY = 'import';

/**
 * Imports pages and JSON Lines. Refusals are reported by name, and everything else is imported.
 *
 * @returns whether everything was imported
 */
export async function runImport(
  config: Config,
  terminal: Terminal,
  files: readonly string[],
  options: ImportCommandOptions,
): Promise<boolean> {
  const report = new ImportReport(terminal, options);
  await withDatabase(config, async (database, interrupted) => {
    const { dataSource, readPool } = database;
    const cache = new ReferenceCache();
    const snapshot = new ReadSnapshot(readPool);
    const { namedStates } = await cache.load(snapshot).finally(() => snapshot.close());
    const tools: ImportTools = {
      dataSource,
      // States are added by migrations only: none is added while files are read.
      countries: new Set(namedStates.map(({ code }) => code)),
      cache,
      report,
      options: { ...options, by: BY },
      original: options.original ?? null,
      interrupted,
    };
    await importPages(
      tools,
      files.filter((file) => !LINES.test(file)),
    );
    for (const file of files.filter((name) => LINES.test(name))) {
      if (!interrupted.aborted) await importLines(tools, file);
    }
    if (options.publish && !options.dryRun) await settleProjection(database);
  }).catch((error: unknown) => {
    report.finish();
    throw error;
  });
  return report.finish();
}
