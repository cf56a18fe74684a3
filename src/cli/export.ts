import type { Config } from '../app/config.js';
import { exportLines } from '../features/import/index.js';
import { withDatabase } from './database.js';
import { LineSink, ReaderGone } from './line-sink.js';
import { pathOf } from './named-file.js';
import { OutputFile } from './output-file.js';
import type { Terminal } from './terminal.js';

export interface ExportOptions {
  /** Absent: standard output. */
  readonly output?: string;
  /** Replaces an existing file. */
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * Writes all published releases, one per line, oldest first. The file is written completely or not at all.
 *
 * @throws AppError FILE_EXISTS, FILE_NOT_REGULAR, FILE_UNWRITABLE
 */
export async function runExport(
  config: Config,
  terminal: Terminal,
  { output, force = false, json = false }: ExportOptions,
): Promise<void> {
  const count =
    output === undefined
      ? await exportToReader(config)
      : await exportToFile(config, terminal, { output, force });
  if (count === null) return;
  if (json && output !== undefined) terminal.printJson({ written: count });
  else terminal.note(terminal.text('cli:export.done', { count }));
}

/** @returns null if the reader of the pipe closed it early */
async function exportToReader(config: Config): Promise<number | null> {
  try {
    return await writeLines(config, new LineSink(process.stdout, '-'), () => undefined);
  } catch (error) {
    if (error instanceof ReaderGone) return null;
    throw error;
  }
}

async function exportToFile(
  config: Config,
  terminal: Terminal,
  { output, force }: { output: string; force: boolean },
): Promise<number> {
  const file = await OutputFile.create(pathOf(output), { force, name: output });
  try {
    const sink = new LineSink(file.stream, output);
    const count = await writeLines(config, sink, (written) => {
      if (written % 100 === 0) terminal.progress(String(written));
    });
    await sink.end();
    await file.complete(output);
    return count;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** @throws AppError INTERRUPTED after a signal */
function writeLines(
  config: Config,
  sink: LineSink,
  onWritten: (count: number) => void,
): Promise<number> {
  return withDatabase(config, async ({ staffPool }, interrupted) => {
    let written = 0;
    for await (const line of exportLines(staffPool)) {
      await sink.write(line);
      written += 1;
      if (interrupted.aborted) break;
      onWritten(written);
    }
    return written;
  });
}
