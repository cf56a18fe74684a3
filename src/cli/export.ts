import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

import type { Config } from '../config.js';
import { AppError } from '../kernel/errors.js';
import { exportLines } from '../features/transfer/index.js';
import { withDatabase } from './database.js';
import type { Terminal } from './terminal.js';

/** Writes what is published, a release a line, oldest first. */
export async function runExport(
  config: Config,
  terminal: Terminal,
  { output, json = false }: { output?: string; json?: boolean },
): Promise<void> {
  const stream = output === undefined ? process.stdout : createWriteStream(output);
  // What goes wrong with the file is told where it is awaited.
  stream.on('error', () => undefined);
  const count = await withDatabase(config, async ({ readPool }) => {
    let written = 0;
    for await (const line of exportLines(readPool)) {
      if (!stream.write(`${line}\n`)) await drained(stream, output ?? '-');
      written += 1;
      if (written % 100 === 0 && output !== undefined) terminal.progress(String(written));
    }
    return written;
  });
  if (output !== undefined) {
    stream.end();
    await finished(stream).catch((error: unknown) => refuse(output, error));
  }
  if (json && output !== undefined) terminal.printJson({ written: count });
  else terminal.note(terminal.text('cli:export.done', { count }));
}

function drained(stream: NodeJS.WritableStream, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('drain', resolve);
    stream.once('error', (error) => {
      try {
        refuse(file, error);
      } catch (refusal) {
        reject(refusal as AppError);
      }
    });
  });
}

function refuse(file: string, error: unknown): never {
  const detail = (error as NodeJS.ErrnoException).code ?? '';
  throw new AppError('FILE_UNWRITABLE', { file, detail }, { cause: error });
}
