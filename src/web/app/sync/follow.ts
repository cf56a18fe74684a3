import type { Locale } from '../../../kernel/locale.js';
import { applyPage } from '../copy/apply-page.js';
import { beginCopies, deleteObsolete, readSettings } from '../copy/copies.js';
import type { CopySettings, CopyState } from '../copy/copy-state.js';
import type { CopyDatabase } from '../copy/database.js';
import type { News } from '../copy/news.js';
import { type Client, Interrupted } from './client.js';

export type SyncStatus = 'UPDATING' | 'UP_TO_DATE' | 'OFFLINE' | 'FAILED';

export interface FollowOptions {
  readonly database: CopyDatabase;
  readonly client: Client;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** The language of the page, whose copy comes first. */
  readonly locale: Locale;
  readonly onStatus: (status: SyncStatus) => void;
  readonly onNews: (news: readonly News[]) => void;
}

const MIN_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;

/**
 * Fetches what the reader wants to store, and what changes, until `signal` is aborted. A failure that another attempt would
 * not mend is reported, and ends the attempts: a request that is refused, a device without room.
 */
export async function follow(options: FollowOptions): Promise<void> {
  const { signal, onStatus } = options;
  let failures = 0;
  const succeeded = (): void => {
    failures = 0;
  };
  while (!signal.aborted) {
    try {
      await connect(options, succeeded);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Interrupted)) {
        onStatus('FAILED');
        return aborted(signal);
      }
      onStatus('OFFLINE');
      const backoff = Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** failures);
      failures += 1;
      // Random, so that not all devices come back at the same moment.
      await pause(error.retryAfterMs + backoff * (0.5 + Math.random() / 2), signal);
    }
  }
}

/** Catches up, then stays connected. */
async function connect(options: FollowOptions, succeeded: () => void): Promise<void> {
  const { database, client, signal, onStatus } = options;
  const settings = await readSettings(database);
  if (!settings) return aborted(signal);
  onStatus('UPDATING');
  const copies = await wantedCopies(options, settings);
  for (const { locale } of copies) {
    await database.put('reference', await client.reference(locale, signal), locale);
  }
  await catchUp(options, settings, copies, succeeded);
  onStatus('UP_TO_DATE');
  await listen(options, settings, succeeded);
}

/** The one in the language of the page first. */
async function wantedCopies(
  { database, locale }: FollowOptions,
  settings: CopySettings,
): Promise<CopyState[]> {
  const today = new Date().toISOString().slice(0, 10);
  const copies = await beginCopies(database, settings, today);
  return copies.sort((a, b) => Number(b.locale === locale) - Number(a.locale === locale));
}

/** Requests pages until each copy has everything. */
async function catchUp(
  { database, client, signal, onNews, onStatus }: FollowOptions,
  settings: CopySettings,
  copies: readonly CopyState[],
  succeeded: () => void,
): Promise<void> {
  for (let copy of copies) {
    for (let hasMore = true; hasMore;) {
      const page = await client.changes(copy, signal);
      const applied = await applyPage(database, copy, page);
      // The reader has chosen something else.
      if (!applied) throw new Interrupted('The copy has changed');
      ({ copy } = applied);
      ({ hasMore } = page);
      succeeded();
      onNews(applied.news);
      if (hasMore) onStatus('UPDATING');
    }
  }
  await deleteObsolete(database, settings);
}

/**
 * One stream is enough: whatever is published changes the metadata of a release at least, in the copies of all languages.
 * A browser opens six connections to a host at most.
 */
async function listen(
  options: FollowOptions,
  settings: CopySettings,
  succeeded: () => void,
): Promise<void> {
  const { database, client, signal, onNews, onStatus } = options;
  let [copy] = await wantedCopies(options, settings);
  if (!copy) return aborted(signal);
  for await (const page of client.changed(copy, signal)) {
    const applied = await applyPage(database, copy, page);
    if (!applied) throw new Interrupted('The copy has changed');
    ({ copy } = applied);
    const { id } = copy;
    succeeded();
    onNews(applied.news);
    if (page.changes.length + page.metadataChanges.length === 0) continue;
    const others = (await wantedCopies(options, settings)).filter((other) => other.id !== id);
    await catchUp(options, settings, others, succeeded);
    onStatus('UP_TO_DATE');
  }
  if (!signal.aborted) throw new Interrupted('The stream has ended');
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    addEventListener('online', done);
    if (signal.aborted) done();
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}
