import { type CatalogCache } from '../features/catalog/index.js';
import { notePresentation } from '../features/syndication/index.js';
import { PRESENTATION } from '../kernel/presentation.js';
import { type AppOptions } from './app.options.js';

interface Writing {
  readonly catalog: CatalogCache;
  readonly workers: readonly { start(): void }[];
}

/** Starts the background writing of a node: immediately, or once a node that serves readers only has full access. */
export async function beginWriting(
  { database, log }: Pick<AppOptions, 'database' | 'log'>,
  { catalog, workers }: Writing,
): Promise<void> {
  const begin = async (): Promise<void> => {
    await database.asOwner((owner) => notePresentation(owner, PRESENTATION));
    await catalog.bring();
    for (const worker of workers) worker.start();
  };
  const { readersOnly } = database;
  if (!readersOnly) return begin();
  void readersOnly.over.then(begin).catch((err: unknown) => {
    log.error({ err }, 'Schedules are not published by this node: restart it');
  });
}
