import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import type { Locale } from '../../../kernel/locale.js';
import type { AppReferenceQuery } from '../../generated/site.js';
import type { CopySettings, CopyState } from './copy-state.js';
import type { News } from './news.js';
import type { StoredRelease, StoredVector, Summary } from './stored-release.js';

type Key = [copy: number, id: string];

interface Schema extends DBSchema {
  settings: { key: 'reader'; value: CopySettings };
  /** The names of topics and states. */
  reference: { key: Locale; value: AppReferenceQuery };
  copies: { key: number; value: CopyState };
  releases: { key: Key; value: StoredRelease; indexes: { slug: string } };
  summaries: { key: Key; value: Summary };
  vectors: { key: Key; value: StoredVector };
  news: { key: string; value: News };
}

export type CopyDatabase = IDBPDatabase<Schema>;

/** The stores that have records of each copy. */
export const RECORDS = ['releases', 'summaries', 'vectors'] as const;

/** @param base the path of the gateway on its host: another gateway on the same host has a database of its own */
export function databaseName(base: string): string {
  return `releases ${base}/`;
}

export function openCopies(base: string): Promise<CopyDatabase> {
  return openDB<Schema>(databaseName(base), 1, {
    upgrade(database) {
      database.createObjectStore('settings');
      database.createObjectStore('reference');
      database.createObjectStore('copies', { keyPath: 'id' });
      const releases = database.createObjectStore('releases', { keyPath: ['copy', 'id'] });
      releases.createIndex('slug', 'slugs', { multiEntry: true });
      database.createObjectStore('summaries', { keyPath: ['copy', 'id'] });
      database.createObjectStore('vectors', { keyPath: ['copy', 'id'] });
      database.createObjectStore('news', { keyPath: 'key' });
    },
    // Another tab wants to delete the database, or runs a newer version of the app.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

/** All records of one copy. */
export function recordsOf(copy: number): IDBKeyRange {
  return IDBKeyRange.bound([copy], [copy, []]);
}
