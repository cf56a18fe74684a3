import type { Copy, Page } from './follow.js';

/** A copy in the browser's IndexedDB. */
export class IndexedDbCopy implements Copy {
  private constructor(private readonly database: IDBDatabase) {}

  /** @param name one for each reader */
  static async open(name: string): Promise<IndexedDbCopy> {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('release');
      opening.result.createObjectStore('cursor');
    };
    return new IndexedDbCopy(await resultOf(opening));
  }

  async cursor(): Promise<string | null> {
    const store = this.database.transaction('cursor').objectStore('cursor');
    return ((await resultOf(store.get('last'))) as string | undefined) ?? null;
  }

  /** Everything in one transaction: a crash leaves the copy and its cursor as they were before. */
  async apply({ reset, changes, cursor }: Page): Promise<void> {
    const transaction = this.database.transaction(['release', 'cursor'], 'readwrite');
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The page was not stored'));
    });
    const releases = transaction.objectStore('release');
    try {
      if (reset) releases.clear();
      for (const { kind, localizedId, localized } of changes) {
        if (kind === 'REMOVE') releases.delete(localizedId);
        else releases.put(localized, localizedId);
      }
      transaction.objectStore('cursor').put(cursor, 'last');
    } catch (error) {
      transaction.abort();
      await done.catch(() => undefined);
      throw error;
    }
    await done;
  }

  /** The releases of the copy. */
  async releases(): Promise<unknown[]> {
    return resultOf(this.database.transaction('release').objectStore('release').getAll());
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
