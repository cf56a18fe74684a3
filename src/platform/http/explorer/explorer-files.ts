import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

import { StoredBody } from '../content-encoding.js';
import { etagOf } from '../etag.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** One file of the page, read once and cached: the page is small and never changes while the server runs. */
export interface ExplorerFile {
  readonly type: string;
  readonly etag: string;
  readonly body: StoredBody;
}

export interface ExplorerFiles {
  readonly page: ExplorerFile;
  /** By file name. Only these files are served, so that no name can lead out of the folder. */
  readonly assets: ReadonlyMap<string, ExplorerFile>;
}

/**
 * Reads the built page.
 *
 * @param folder where `npm run build:explorer` puts it
 * @returns null until it has been built
 */
export async function readExplorerFiles(folder: string): Promise<ExplorerFiles | null> {
  try {
    const page = await readOne(join(folder, 'index.html'));
    const assets = new Map<string, ExplorerFile>();
    for (const name of await readdir(join(folder, 'assets'))) {
      assets.set(name, await readOne(join(folder, 'assets', name)));
    }
    return { page, assets };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function readOne(path: string): Promise<ExplorerFile> {
  const bytes = await readFile(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return { type, etag: etagOf(bytes), body: new StoredBody(bytes) };
}
