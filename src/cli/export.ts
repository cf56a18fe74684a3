import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

import type { Config } from '../config.js';
import { exportLines } from '../features/transfer/index.js';
import { AppError } from '../kernel/errors.js';
import { withDatabase } from './database.js';
import { pathOf } from './named-file.js';
import type { Terminal } from './terminal.js';

/**
 * Writes what is published, a release a line, oldest first. Where the reader of a pipe has had enough, this is the end
 * and no fault.
 *
 * @throws AppError FILE_UNWRITABLE
 */
export async function runExport(
  config: Config,
  terminal: Terminal,
  { output, json = false }: { output?: string; json?: boolean },
): Promise<void> {
  const sink = new LineSink(
    output === undefined ? process.stdout : createWriteStream(pathOf(output)),
    output ?? '-',
  );
  try {
    if (output !== undefined) await sink.opened();
    const count = await withDatabase(config, async ({ readPool }, interrupted) => {
      let written = 0;
      for await (const line of exportLines(readPool)) {
        await sink.write(line);
        written += 1;
        if (interrupted.aborted) break;
        if (written % 100 === 0 && output !== undefined) terminal.progress(String(written));
      }
      return written;
    });
    if (output !== undefined) await sink.end();
    if (json && output !== undefined) terminal.printJson({ written: count });
    else terminal.note(terminal.text('cli:export.done', { count }));
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}

class ReaderGone extends Error {}

/** Lines on their way to a file or a pipe, no faster than they are taken. */
class LineSink {
  private fault: Error | null = null;

  constructor(
    private readonly stream: Writable,
    name: string,
  ) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      const vars = { file: name, detail: error.code ?? '' };
      // A fault of standard output is told by whoever owns it, for every command alike.
      const isGone = error.code === 'EPIPE' || stream === process.stdout;
      this.fault = isGone ? new ReaderGone() : new AppError('FILE_UNWRITABLE', vars);
    });
  }

  opened(): Promise<void> {
    return this.after('open');
  }

  async write(line: string): Promise<void> {
    if (this.fault) throw this.fault;
    if (!this.stream.write(`${line}\n`)) await this.after('drain');
  }

  end(): Promise<void> {
    this.stream.end();
    return this.after('finish');
  }

  private async after(event: string): Promise<void> {
    // What `once` rejects with is the error that the listener has named by then.
    await once(this.stream, event).catch(() => undefined);
    if (this.fault) throw this.fault;
  }
}
