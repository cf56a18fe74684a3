import type { AppPageFragment } from '../../generated/site.js';
import type { CopyState } from './copy-state.js';
import { type CopyDatabase, RECORDS, recordsOf } from './database.js';
import { type News, newsOf } from './news.js';
import {
  type Change,
  storedRelease,
  type StoredVector,
  summaryOf,
  vectorOf,
  withMetadata,
} from './stored-release.js';

export interface Applied {
  /** The copy after the page: another one if the server began anew. */
  readonly copy: CopyState;
  readonly news: readonly News[];
}

const STORES = ['copies', 'news', ...RECORDS] as const;

/**
 * Stores a page and its cursor in one transaction: whatever happens, the copy is as it was either before the page or after
 * it.
 *
 * @param page the response to a request with the cursor of `known`
 * @returns null if the copy is not there any more, or another tab has stored the page
 */
export async function applyPage(
  database: CopyDatabase,
  known: CopyState,
  page: AppPageFragment,
): Promise<Applied | null> {
  // Indexing takes longer than a transaction should be open.
  const vectors = page.changes.flatMap(({ localized }) => {
    return localized ? [vectorOf(known.id, localized)] : [];
  });
  const transaction = transactionOf(database);
  try {
    const applied = await applyIn(transaction, known, page, vectors);
    await transaction.done;
    return applied;
  } catch (error) {
    // A value that cannot be stored does not abort it by itself.
    if (transaction.error === null) transaction.abort();
    await transaction.done.catch(() => undefined);
    throw error;
  }
}

async function applyIn(
  transaction: Transaction,
  known: CopyState,
  page: AppPageFragment,
  vectors: readonly StoredVector[],
): Promise<Applied | null> {
  const copies = transaction.objectStore('copies');
  const present = await copies.get(known.id);
  if (present?.cursor !== known.cursor) return null;
  const target = page.reset ? await beginAgain(transaction, present) : present;
  const isFirst = !present.isComplete || page.reset;
  const news: News[] = [];
  for (const change of page.changes) {
    const entry = await applyChange(transaction, target, change, isFirst);
    if (entry) news.push(entry);
  }
  for (const found of vectors) {
    await transaction.objectStore('vectors').put({ ...found, copy: target.id });
  }
  await applyMetadata(transaction, target, page);
  for (const entry of news) await transaction.objectStore('news').put(entry);
  const copy: CopyState = {
    ...target,
    cursor: page.cursor,
    total: page.total ?? target.total,
    stored: await transaction.objectStore('summaries').count(recordsOf(target.id)),
    isComplete: target.isComplete || !page.hasMore,
    asOf: page.serverTime,
  };
  await copies.put(copy);
  return { copy, news };
}

type Transaction = ReturnType<typeof transactionOf>;
const transactionOf = (database: CopyDatabase) => database.transaction(STORES, 'readwrite');

/** A copy that can be read stays until the new one is complete; an incomplete one is of no use. */
async function beginAgain(transaction: Transaction, present: CopyState): Promise<CopyState> {
  const copies = transaction.objectStore('copies');
  if (!present.isComplete) {
    for (const store of RECORDS) await transaction.objectStore(store).delete(recordsOf(present.id));
    return { ...present, total: null };
  }
  await copies.put({ ...present, isSuperseded: true });
  const ids = await copies.getAllKeys();
  return { ...present, id: Math.max(...ids) + 1, total: null, isComplete: false };
}

async function applyChange(
  transaction: Transaction,
  { id, locale }: CopyState,
  change: Change,
  isFirst: boolean,
): Promise<News | null> {
  const { localizedId, localized } = change;
  const releases = transaction.objectStore('releases');
  const before = isFirst ? undefined : await releases.get([id, localizedId]);
  if (localized) {
    await releases.put(storedRelease(id, localized));
    await transaction.objectStore('summaries').put(summaryOf(id, localized));
  } else {
    for (const store of RECORDS) await transaction.objectStore(store).delete([id, localizedId]);
  }
  return isFirst ? null : newsOf(change, before?.localized ?? null, locale);
}

async function applyMetadata(
  transaction: Transaction,
  { id }: CopyState,
  { metadataChanges }: AppPageFragment,
): Promise<void> {
  const releases = transaction.objectStore('releases');
  for (const change of metadataChanges) {
    const stored = await releases.get([id, change.localizedId]);
    if (!stored) continue;
    const changed = withMetadata(stored, change);
    await releases.put(changed);
    await transaction.objectStore('summaries').put(summaryOf(id, changed.localized));
  }
}
