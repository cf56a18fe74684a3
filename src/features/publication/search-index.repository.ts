import { setImmediate as yieldToOthers } from 'node:timers/promises';

import type { DataSource, EntityManager } from 'typeorm';

import { LOCALES } from '../../kernel/locale.js';
import { releaseVector } from '../../kernel/search/index.js';
import { withTransaction } from '../../platform/db/index.js';
import type { PublishedContent } from './edition.policy.js';
import { lexemeColumns, searchableText } from './search-columns.policy.js';

/** Advisory lock: one node at a time indexes texts. */
const INDEXING = 7_305_122;
const BATCH = 20;

/** The key of the last indexed text. */
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
  /** Null if every text after the given one has lexemes. */
  readonly last: TextKey | null;
}

/**
 * Writes the lexemes of the next texts that have none, in one transaction. Texts that are being published are skipped:
 * publication writes their lexemes.
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
    lexemes.push(releaseVector(searchableText(content), number, locale));
    // Readers do not wait for a whole batch.
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
 * Switches searches to the lexemes, once every text has them. The planner needs statistics of the new columns first.
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
 * Writes the lexemes of all texts and switches searches to them: for a command that waits for the result.
 *
 * @param onProgress called after each batch, with the number of indexed texts and the total
 * @returns the number of texts that had none
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

/** Without truncating the tables, which would block readers. */
export const SETTLE = 'VACUUM (ANALYZE, TRUNCATE false) published.release, published.text';
