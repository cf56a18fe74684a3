import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync, type Stats, type WriteStream } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';

import { AppError } from '../kernel/errors.js';

/** File systems without hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'];

/**
 * A file that is there as a whole or not at all: written beside its place, and put there at the end. It follows no
 * link, and replaces a file only where that is wanted.
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
    // Its number: a handle given to a stream waits for the stream before it closes.
    this.stream = createWriteStream(partial, { fd: handle.fd, autoClose: false });
    // A second signal ends the process at once.
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
      // Exclusive: nothing that is there already, and no link, is opened. The umask decides who may read it.
      const handle = await open(partial, 'wx', 0o666);
      if (present) await handle.chmod(present.mode & 0o777).catch(() => undefined);
      return new OutputFile(target, partial, handle, force);
    });
  }

  /**
   * Puts what was written in its place, on the disk. The stream must have ended.
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

  /** Leaves nothing behind. Never rejects. */
  async discard(): Promise<void> {
    // Nothing must be written to its number once that is another file's.
    this.stream.end();
    await finished(this.stream).catch(() => undefined);
    await this.handle.close().catch(() => undefined);
    await rm(this.partial, { force: true }).catch(() => undefined);
    process.off('exit', this.onExit);
  }

  /** Another process may have made the file meanwhile: a link is made only where nothing is. */
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

/** Some systems open no folders; the file is complete there too. */
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
