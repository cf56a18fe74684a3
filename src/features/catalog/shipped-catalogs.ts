import { createHash } from 'node:crypto';

import type { DataSource } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { withTransaction } from '../../platform/db/index.js';
import {
  type CatalogFile,
  readCatalogFolder,
  SHIPPED_CATALOGS,
} from '../../platform/i18n/catalog-folder.js';
import type { CarryReport } from './carry-over.js';
import { findShipped, lockCatalog, markShipped } from './catalog.repository.js';
import { pushCatalogs } from './push.js';

/**
 * Writes the texts of this version of the program to the database, once for all nodes. An edit made there is never
 * overwritten.
 *
 * @returns null if there was nothing to do: the node that started last had the same files
 */
export async function bringShipped(
  dataSource: DataSource,
  order: readonly Locale[],
): Promise<CarryReport | null> {
  const files = await readCatalogFolder(SHIPPED_CATALOGS);
  const digest = digestOf(files);
  if ((await findShipped(dataSource.manager)) === digest) return null;
  return withTransaction(dataSource, async (manager) => {
    if ((await lockCatalog(manager)) === digest) return null;
    const defaults = { dryRun: false, force: false, prune: false, original: null };
    const options = { ...defaults, keepEdits: true, order };
    const report = await pushCatalogs(manager, files, options);
    await markShipped(manager, digest);
    return report;
  });
}

function digestOf(files: readonly CatalogFile[]): string {
  const content = files.map(({ locale, namespace, json }) => [locale, namespace, json]);
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}
