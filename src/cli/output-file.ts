import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync, type Stats, type WriteStream } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';

import { AppError } from '../kernel/errors.js';

/** File systems without hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'];

/**
 * A file that is written completely or not at all: to a temporary file beside it, which is moved there at the end. It
 * follows no links, and replaces an existing file only if requested.
 */
export class OutputFile {
  readonly stream: WriteStream;
  private readonly onExit = () => rmSync(this.partial, { force: true });

  private constructor(
    private readonly target: string,
    private readonly partial: string,
    private readonly handle: FileHandle,
    private readonly replaces: boolean,
  ) {
    // Pass the descriptor: a handle passed to a stream waits for the stream before it closes.
    this.stream = createWriteStream(partial, { fd: handle.fd, autoClose: false });
    // A second signal ends the process immediately.
    process.once('exit', this.onExit);
  }

  /** @throws AppError FILE_EXISTS, FILE_NOT_REGULAR, FILE_UNWRITABLE */
  static async create(
    target: string,
    { force, name }: { readonly force: boolean; readonly name: string },
  ): Promise<OutputFile> {
    return named(name, async () => {
      const present = await statOf(target);
      if (present?.isDirectory())
        throw new AppError('FILE_UNWRITABLE', { file: name, detail: 'EISDIR' });
      if (present && !present.isFile()) throw new AppError('FILE_NOT_REGULAR', { file: name });
      if (present && !force) throw new AppError('FILE_EXISTS', { file: name });
      const partial = join(
        dirname(target),
        `.${basename(target)}.${randomBytes(6).toString('hex')}`,
      );
      // Exclusive: an existing file or link is never opened. The umask decides who may read it.
      const handle = await open(partial, 'wx', 0o666);
      if (present) await handle.chmod(present.mode & 0o777).catch(() => undefined);
      return new OutputFile(target, partial, handle, force);
    });
  }

  /**
   * Moves the file to its final place and syncs it to disk. The stream must have ended.
   *
   * @param name as messages name the file
   * @throws AppError FILE_EXISTS, FILE_UNWRITABLE
   */
  async complete(name: string): Promise<void> {
    await named(name, async () => {
      await this.handle.sync();
      await this.handle.close();
      if (this.replaces) await rename(this.partial, this.target);
      else await this.putWithoutReplacing(name);
      await syncFolder(dirname(this.target));
    });
    process.off('exit', this.onExit);
  }

  /** Removes the temporary file. Never rejects. */
  async discard(): Promise<void> {
    // Nothing may be written to the descriptor once it belongs to another file.
    this.stream.end();
    await finished(this.stream).catch(() => undefined);
    await this.handle.close().catch(() => undefined);
    await rm(this.partial, { force: true }).catch(() => undefined);
    process.off('exit', this.onExit);
  }

  /** Another process may have created the file in the meantime: a link is created only if no file exists. */
  private async putWithoutReplacing(name: string): Promise<void> {
    try {
      await link(this.partial, this.target);
      await rm(this.partial);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') throw new AppError('FILE_EXISTS', { file: name });
      if (!NO_LINKS.includes(code)) throw error;
      if (await statOf(this.target)) throw new AppError('FILE_EXISTS', { file: name });
      await rename(this.partial, this.target);
    }
  }
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Some systems cannot open folders; the file is complete there too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function named<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new AppError('FILE_UNWRITABLE', { file, detail: code }, { cause: error });
  }
}
