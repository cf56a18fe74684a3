import { once } from 'node:events';
import type { Writable } from 'node:stream';

import { AppError } from '../kernel/errors.js';

/** The reader of a pipe closed it: a regular end, not an error. */
export class ReaderGone extends Error {}

/** Writes lines to a file or a pipe, with backpressure. */
export class LineSink {
  private fault: Error | null = null;

  constructor(
    private readonly stream: Writable,
    name: string,
  ) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      const vars = { file: name, detail: error.code ?? '' };
      // main.ts reports an error of standard output, for every command alike.
      const isGone = error.code === 'EPIPE' || stream === process.stdout;
      this.fault = isGone ? new ReaderGone() : new AppError('FILE_UNWRITABLE', vars);
    });
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
    // `once` rejects with the error that the listener has already recorded.
    await once(this.stream, event).catch(() => undefined);
    if (this.fault) throw this.fault;
  }
}
