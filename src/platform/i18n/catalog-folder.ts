import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { AppError } from '../../kernel/errors.js';
import { LOCALES, type Locale, TAG_OF } from '../../kernel/locale.js';

/** The catalogs of this package; src/platform/i18n and dist/platform/i18n are equally deep. */
export const SHIPPED_CATALOGS = fileURLToPath(new URL('../../../locales/', import.meta.url));

/** `<folder>/<tag>/<namespace>.json` */
export interface CatalogFile {
  readonly locale: Locale;
  readonly namespace: string;
  readonly path: string;
  readonly json: string;
}

const ENDING = '.json';

export function catalogPath(folder: string, locale: Locale, namespace: string): string {
  return join(folder, TAG_OF[locale], namespace + ENDING);
}

/**
 * All catalogs of a folder, by locale and name. A locale may have fewer than the others, or none.
 *
 * @throws AppError CATALOG_UNREADABLE
 */
export async function readCatalogFolder(folder: string): Promise<CatalogFile[]> {
  const files: CatalogFile[] = [];
  for (const locale of LOCALES) {
    for (const namespace of await namespacesIn(join(folder, TAG_OF[locale]))) {
      const path = catalogPath(folder, locale, namespace);
      files.push({ locale, namespace, path, json: await readText(path) });
    }
  }
  return files;
}

async function namespacesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .sort();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(file: string, error: unknown): AppError {
  const { code = '' } = error as NodeJS.ErrnoException;
  return new AppError('CATALOG_UNREADABLE', { file, detail: code }, { cause: error });
}

/**
 * Writes a complete catalog or nothing.
 *
 * @throws AppError FILE_UNWRITABLE
 */
export async function writeCatalog(path: string, json: string): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, json);
    await rename(draft, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new AppError('FILE_UNWRITABLE', { file: path, detail: code }, { cause: error });
  }
}
