import { setImmediate as yieldToOthers } from 'node:timers/promises';

import type { DataSource, EntityManager } from 'typeorm';

import { LOCALES } from '../../kernel/locale.js';
import { withTransaction } from '../../platform/db/index.js';
import type { PublishedContent } from './edition.policy.js';
import { lexemeColumns, lexemesOf, searchableText } from './search-columns.policy.js';

/** One node at a time fills in what is missing. */
const INDEXING = 7_305_122;
const BATCH = 20;

/** The key of the last text that was seen to. */
export interface TextKey {
  readonly releaseId: string;
  readonly locale: number;
}

interface MissingText extends TextKey {
  readonly number: string;
  readonly content: PublishedContent;
}

export interface IndexedBatch {
  readonly count: number;
  /** Null where no text after the given one is missing. */
  readonly last: TextKey | null;
}

/**
 * Fills in the lexemes of the next texts that have none, in a transaction of their own. What is being published at that
 * moment is passed over: it brings its own.
 *
 * @returns null while another node does it
 */
export async function indexNextTexts(
  dataSource: DataSource,
  after: TextKey | null,
): Promise<IndexedBatch | null> {
  return withTransaction(dataSource, async (manager) => {
    const [lock] = await manager.query<{ isOurs: boolean }[]>(
      `SELECT pg_try_advisory_xact_lock(${INDEXING}) AS "isOurs"`,
    );
    if (lock?.isOurs !== true) return null;
    const texts = await missingTexts(manager, after);
    if (texts.length > 0) await writeLexemes(manager, texts);
    const last = texts.at(-1);
    return { count: texts.length, last: last ?? null };
  });
}

async function missingTexts(manager: EntityManager, after: TextKey | null): Promise<MissingText[]> {
  return manager.query(
    `SELECT release_id AS "releaseId", locale, number, content FROM published.text
      WHERE lexemes IS NULL AND ($1::uuid IS NULL OR (release_id, locale) > ($1, $2))
      ORDER BY release_id, locale LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [after?.releaseId ?? null, after?.locale ?? 0],
  );
}

async function writeLexemes(manager: EntityManager, texts: readonly MissingText[]): Promise<void> {
  const lexemes: string[] = [];
  for (const { content, number, locale: place } of texts) {
    const locale = LOCALES[place - 1];
    if (!locale) throw new Error(`${place} is the number of no locale`);
    lexemes.push(lexemesOf(searchableText(content), number, locale));
    // Readers are not kept waiting by a whole batch.
    await yieldToOthers();
  }
  const columns = Object.entries(lexemeColumns('v.lexemes'));
  await manager.query(
    `UPDATE published.text t SET ${columns.map((column) => column.join(' = ')).join(', ')}
       FROM unnest($1::uuid[], $2::smallint[], $3::text[]) AS v (release_id, locale, lexemes)
      WHERE t.release_id = v.release_id AND t.locale = v.locale`,
    [texts.map(({ releaseId }) => releaseId), texts.map(({ locale }) => locale), lexemes],
  );
}

export interface SearchIndexState {
  readonly isComplete: boolean;
  readonly missing: number;
}

export async function searchIndexState(dataSource: DataSource): Promise<SearchIndexState> {
  const [state] = await dataSource.query<SearchIndexState[]>(
    `SELECT complete AS "isComplete",
            (SELECT count(*)::int FROM published.text WHERE lexemes IS NULL) AS missing
       FROM published.search_index`,
  );
  if (!state) throw new Error('the state of the search index is one row');
  return state;
}

/**
 * Lets readers search the lexemes, where every text has them. The planner must know the new columns first.
 *
 * @param settle see `settleProjection`
 */
export async function completeSearchIndex(
  dataSource: DataSource,
  settle: () => Promise<unknown>,
): Promise<void> {
  const { isComplete, missing } = await searchIndexState(dataSource);
  if (isComplete || missing > 0) return;
  await settle();
  await dataSource.query(
    `UPDATE published.search_index SET complete = true
      WHERE NOT complete AND NOT EXISTS (SELECT FROM published.text WHERE lexemes IS NULL)`,
  );
}

/**
 * Fills in the lexemes of all texts, and lets readers search them: for a command that waits for it.
 *
 * @param onProgress called after each batch, with how many are done, of how many
 * @returns how many texts had none
 */
export async function fillSearchIndex(
  dataSource: DataSource,
  onProgress: (done: number, of: number) => void,
): Promise<number> {
  const { missing } = await searchIndexState(dataSource);
  let done = 0;
  let after: TextKey | null = null;
  for (let isOver = false; !isOver;) {
    const batch = await indexNextTexts(dataSource, after);
    done += batch?.count ?? 0;
    onProgress(Math.min(done, missing), missing);
    isOver = after === null && batch?.count === 0;
    after = batch?.last ?? null;
    if (batch === null) await yieldToOthers();
  }
  await completeSearchIndex(dataSource, () => dataSource.query(SETTLE));
  return done;
}

/** Without giving space back to the disk, which would lock readers out. */
export const SETTLE = 'VACUUM (ANALYZE, TRUNCATE false) published.release, published.text';
