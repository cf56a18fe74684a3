import { type Locale } from '../../../kernel/locale.js';
import {
  type CopySettings,
  type CopyState,
  dateFromOf,
  isWanted,
  missingLocales,
  obsoleteCopies,
} from './copy-state.js';
import { type CopyDatabase, RECORDS, recordsOf } from './database.js';
import type { News } from './news.js';

export async function readSettings(database: CopyDatabase): Promise<CopySettings | null> {
  return (await database.get('settings', 'reader')) ?? null;
}

export async function saveSettings(database: CopyDatabase, settings: CopySettings): Promise<void> {
  await database.put('settings', settings, 'reader');
}

/**
 * Begins the copies that the reader wants and that do not exist.
 *
 * @param today `YYYY-MM-DD`
 * @returns all that are wanted
 */
export async function beginCopies(
  database: CopyDatabase,
  settings: CopySettings,
  today: string,
): Promise<CopyState[]> {
  const transaction = database.transaction('copies', 'readwrite');
  const copies = await transaction.store.getAll();
  let id = Math.max(0, ...copies.map((copy) => copy.id));
  for (const locale of missingLocales(copies, settings)) {
    id += 1;
    const copy = newCopy(id, locale, settings, today);
    copies.push(copy);
    await transaction.store.put(copy);
  }
  await transaction.done;
  return copies.filter((copy) => isWanted(copy, settings));
}

function newCopy(
  id: number,
  locale: Locale,
  { audience, room }: CopySettings,
  today: string,
): CopyState {
  const dateFrom = dateFromOf(room, today);
  const empty = { cursor: null, total: null, stored: 0, asOf: '' };
  return { id, locale, audience, room, dateFrom, ...empty, isComplete: false, isSuperseded: false };
}

/** Deletes the copies that were replaced, as soon as those in their place are complete. */
export async function deleteObsolete(
  database: CopyDatabase,
  settings: CopySettings,
): Promise<void> {
  const transaction = database.transaction(['copies', ...RECORDS], 'readwrite');
  const copies = await transaction.objectStore('copies').getAll();
  for (const { id } of obsoleteCopies(copies, settings)) {
    for (const store of RECORDS) await transaction.objectStore(store).delete(recordsOf(id));
    await transaction.objectStore('copies').delete(id);
  }
  await transaction.done;
}

/** Deletes everything that the app has stored of releases and of the reader's choice. */
export async function deleteEverything(database: CopyDatabase): Promise<void> {
  const names = ['settings', 'reference', 'copies', 'news', ...RECORDS] as const;
  const transaction = database.transaction(names, 'readwrite');
  for (const name of names) await transaction.objectStore(name).clear();
  await transaction.done;
}

/**
 * The news that a reader has not dismissed, newest first; one of each release, in the language of the page if that is
 * in the copy.
 */
export async function readNews(database: CopyDatabase, locale: Locale): Promise<News[]> {
  const all = await database.getAll('news');
  const own = all.filter((entry) => entry.locale === locale);
  const known = new Set(own.map(({ kind, releaseId }) => `${kind} ${releaseId}`));
  for (const entry of all) {
    const key = `${entry.kind} ${entry.releaseId}`;
    // A translation is news for those who read that language.
    if (known.has(key) && entry.kind !== 'TRANSLATED') continue;
    if (entry.locale === locale) continue;
    known.add(key);
    own.push(entry);
  }
  return own.sort((a, b) => (a.at < b.at ? 1 : -1));
}
