import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { SourceChange } from '../../kernel/release.js';
import { ReleaseEntity, ReleaseStateEntity, ReleaseTopicEntity } from './release.entity.js';
import {
  type RevisionAction,
  SegmentEntity,
  SegmentTextEntity,
  TranslationEntity,
  TranslationRevisionEntity,
} from './segment.entity.js';
import type { StartedState } from '../../kernel/workflow.js';
import type { SourceSegment } from './source.policy.js';

/** Locks the row of a release until the transaction ends; null for an unknown number. */
export async function lockReleaseByNumber(
  manager: EntityManager,
  number: string,
): Promise<ReleaseEntity | null> {
  return manager.findOne(ReleaseEntity, {
    where: { number },
    lock: { mode: 'pessimistic_write' },
  });
}

/** @see lockReleaseByNumber */
export async function lockRelease(
  manager: EntityManager,
  id: string,
): Promise<ReleaseEntity | null> {
  return manager.findOne(ReleaseEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

export async function removeRelations(manager: EntityManager, releaseId: string): Promise<void> {
  await manager.delete(ReleaseStateEntity, { releaseId });
  await manager.delete(ReleaseTopicEntity, { releaseId });
}

/** Inserts the audiences, mentions and topics of a release, in their order. */
export async function addRelations(
  manager: EntityManager,
  releaseId: string,
  facts: {
    readonly audiences: readonly string[];
    readonly mentions: readonly string[];
    readonly topicIds: readonly string[];
  },
): Promise<void> {
  const rowsOf = (relation: 'AUDIENCE' | 'MENTION', codes: readonly string[]) =>
    codes.map((stateCode, position) => ({ releaseId, relation, stateCode, position }));
  const states = [...rowsOf('AUDIENCE', facts.audiences), ...rowsOf('MENTION', facts.mentions)];
  if (states.length > 0) await manager.insert(ReleaseStateEntity, states);
  const topics = facts.topicIds.map((topicId, position) => ({ releaseId, topicId, position }));
  if (topics.length > 0) await manager.insert(ReleaseTopicEntity, topics);
}

/** The states and topics of a release, in their order. */
export async function loadRelations(
  manager: EntityManager,
  releaseId: string,
): Promise<{ audiences: string[]; mentions: string[]; topicIds: string[] }> {
  const states = (relation: 'AUDIENCE' | 'MENTION') =>
    `ARRAY(SELECT state_code FROM authoring.release_state
            WHERE release_id = $1 AND relation = '${relation}' ORDER BY position)`;
  const [row] = await manager.query<
    { audiences: string[]; mentions: string[]; topicIds: string[] }[]
  >(
    `SELECT ${states('AUDIENCE')} AS audiences, ${states('MENTION')} AS mentions,
            ARRAY(SELECT topic_id FROM authoring.release_topic
                   WHERE release_id = $1 ORDER BY position) AS "topicIds"`,
    [releaseId],
  );
  return row ?? { audiences: [], mentions: [], topicIds: [] };
}

export async function topicSlugs(
  manager: EntityManager,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await manager.query<{ id: string; slug: string }[]>(
    'SELECT id, slug FROM authoring.topic WHERE id = ANY ($1)',
    [ids],
  );
  const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
  return ids.flatMap((id) => slugs.get(id) ?? []);
}

/** The original's segments in their order, with its newest saved text. */
export async function loadOriginal(
  manager: EntityManager,
  releaseId: string,
  originalLocale: Locale,
): Promise<SourceSegment[]> {
  return manager.query<SourceSegment[]>(
    `SELECT s.key, s.kind, t.text
       FROM authoring.segment s
       JOIN authoring.segment_text t USING (release_id, key)
      WHERE s.release_id = $1 AND s.locale IS NULL AND t.locale = $2
      ORDER BY s.position`,
    [releaseId, originalLocale],
  );
}

/**
 * Replaces the list of the original's segments; texts of removed keys are deleted.
 *
 * @param gone removed keys; null for a new release
 */
export async function writeOriginal(
  manager: EntityManager,
  releaseId: string,
  originalLocale: Locale,
  segments: readonly SourceSegment[],
  gone: readonly string[] | null,
): Promise<void> {
  if (gone && gone.length > 0) {
    await manager.query('DELETE FROM authoring.segment WHERE release_id = $1 AND key = ANY ($2)', [
      releaseId,
      gone,
    ]);
  }
  // Positions are unique: two segments that change places would collide.
  if (gone) {
    await manager.query(
      'UPDATE authoring.segment SET position = position + 100000 WHERE release_id = $1 AND locale IS NULL',
      [releaseId],
    );
  }
  const rows = segments.map(({ key, kind }, position) => {
    return { releaseId, key, kind, position, locale: null, afterKey: null };
  });
  await manager.upsert(SegmentEntity, rows, ['releaseId', 'key']);
  const texts = segments.map(({ key, text }) => {
    return { releaseId, locale: originalLocale, key, text, sourceDigest: null, origin: 'ORIGINAL' };
  });
  await manager.upsert(SegmentTextEntity, texts as SegmentTextEntity[], [
    'releaseId',
    'locale',
    'key',
  ]);
}

/** @param segments the new original: each version is stored with its text */
export async function addVersions(
  manager: EntityManager,
  releaseId: string,
  digests: ReadonlyMap<string, string>,
  segments: readonly SourceSegment[],
  { change, revision }: { readonly change: SourceChange; readonly revision: number },
): Promise<void> {
  const words = new Map(segments.map(({ key, text }) => [key, text]));
  const keys = [...digests.keys()];
  const texts = keys.map((key) => words.get(key) ?? null);
  await manager.query(
    `INSERT INTO authoring.source_version (release_id, key, version, digest, text, change, revision)
     SELECT $1, d.key, 1 + coalesce((SELECT max(version) FROM authoring.source_version v
                                      WHERE v.release_id = $1 AND v.key = d.key), 0),
            d.digest, d.text, $5, $6
       FROM unnest($2::text[], $3::text[], $4::text[]) AS d (key, digest, text)`,
    [releaseId, keys, [...digests.values()], texts, change, revision],
  );
}

export interface RevisionNote {
  readonly by: string;
  readonly action: RevisionAction;
  readonly comment?: string;
}

/**
 * Increments the revision of a locale. With `expected` 0 the locale is created.
 *
 * @returns the new revision, or null if `expected` is no longer the current one
 */
export async function recordRevision(
  manager: EntityManager,
  at: { releaseId: string; locale: Locale; expected: number },
  state: StartedState,
  note: RevisionNote,
): Promise<number | null> {
  const { releaseId, locale, expected } = at;
  const rows = await manager.query<{ revision: number }[]>(
    `INSERT INTO authoring.translation AS t (release_id, locale, state, updated_by)
     VALUES ($1, $2, $3, $4)
     ON CONFLICT (release_id, locale) DO UPDATE
       SET state = $3, updated_by = $4, updated_at = now(), revision = t.revision + 1
       WHERE t.revision = $5
     RETURNING revision`,
    [releaseId, locale, state, note.by, expected],
  );
  const revision = rows[0]?.revision ?? null;
  return revision === expected + 1 ? revision : null;
}

/**
 * Writes the current text of a locale into the history, and computes the freshness of all locales of the release. Every
 * change of a text ends with it.
 */
export async function recordText(
  manager: EntityManager,
  releaseId: string,
  locale: Locale,
  revision: number,
  note: RevisionNote,
): Promise<void> {
  await manager.query(
    `INSERT INTO authoring.translation_revision (release_id, locale, revision, by, action, comment, segments)
     SELECT $1, $2, $3, $4, $5, $6,
            coalesce(jsonb_agg(jsonb_build_object(
              'key', s.key, 'kind', s.kind, 'own', s.locale IS NOT NULL, 'afterKey', s.after_key,
              'text', t.text, 'sourceDigest', t.source_digest, 'origin', t.origin)
              ORDER BY s.locale IS NOT NULL, s.position), '[]')
       FROM authoring.segment_text t
       JOIN authoring.segment s USING (release_id, key)
      WHERE t.release_id = $1 AND t.locale = $2`,
    [releaseId, locale, revision, note.by, note.action, note.comment ?? null],
  );
  await manager.query('SELECT authoring.settle_translations($1)', [releaseId]);
}

export async function findTranslation(
  manager: EntityManager,
  releaseId: string,
  locale: Locale,
): Promise<TranslationEntity | null> {
  return manager.findOneBy(TranslationEntity, { releaseId, locale });
}

/** The last change of the text itself: not a step of the workflow, nor a publication. */
export async function lastWritten(
  manager: EntityManager,
  releaseId: string,
  locale: Locale,
): Promise<TranslationRevisionEntity | null> {
  return manager
    .createQueryBuilder(TranslationRevisionEntity, 'r')
    .where('r.releaseId = :releaseId AND r.locale = :locale', { releaseId, locale })
    .andWhere("r.action IN ('CREATED', 'SAVED', 'CONFIRMED', 'RESTORED', 'IMPORTED')")
    .orderBy('r.revision', 'DESC')
    .limit(1)
    .getOne();
}
