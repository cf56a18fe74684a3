import { randomUUID } from 'node:crypto';

import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import type { ReleaseType, SourceChange } from '../../kernel/release.js';
import type { StartedState } from '../../kernel/workflow.js';
import {
  changedSegments,
  removedKeys,
  sameSegments,
  type SegmentDraft,
  withKeys,
} from './original.policy.js';
import { type PublishPolicy, ReleaseEntity } from './release.entity.js';
import * as repository from './release.repository.js';
import type { RevisionNote } from './release.repository.js';
import { sourceDigests, type SourceSegment, WHOLE_ORIGINAL } from './source.policy.js';

/** The facts of a release, which have no language. */
export interface ReleaseFacts {
  readonly type: ReleaseType;
  readonly date: string;
  readonly audiences: readonly string[];
  readonly mentions: readonly string[];
  readonly topicIds: readonly string[];
}

export interface NewRelease extends ReleaseFacts {
  readonly number: string;
  readonly originalLocale: Locale;
  readonly publishPolicy?: PublishPolicy;
  readonly segments: readonly SegmentDraft[];
}

/** A release that the transaction has locked, with its original as it is stored. */
export interface LockedOriginal {
  readonly release: ReleaseEntity;
  readonly segments: readonly SourceSegment[];
}

export interface OriginalRevision {
  /** The revision of the original that the caller edited. */
  readonly expectedRevision: number;
  readonly change: SourceChange;
  /** The segments in their new order; a segment that is not in the list is removed. */
  readonly segments: readonly SegmentDraft[];
}

/** The author of a change, and the state of the workflow after it. */
export interface Authorship extends RevisionNote {
  readonly state: StartedState;
}

/** Creates a release with its original. @returns its id */
export async function createRelease(
  manager: EntityManager,
  release: NewRelease,
  authorship: Authorship,
): Promise<string> {
  const id = randomUUID();
  const { segments, nextKey } = withKeys(release.segments, 1);
  await manager.insert(ReleaseEntity, {
    id,
    number: release.number,
    type: release.type,
    date: release.date,
    originalLocale: release.originalLocale,
    publishPolicy: release.publishPolicy ?? 'AS_READY',
    nextKey,
    createdBy: authorship.by,
  });
  await repository.addRelations(manager, id, release);
  await beginRevision(manager, { releaseId: id, locale: release.originalLocale }, 0, authorship);
  await repository.writeOriginal(manager, id, release.originalLocale, segments, null);
  const mark = { change: 'SUBSTANTIVE', revision: 1 } as const;
  await repository.addVersions(manager, id, sourceDigests(segments), segments, mark);
  await repository.recordText(manager, id, release.originalLocale, 1, authorship);
  return id;
}

/**
 * Saves a new text of the original. Translations of changed segments become stale (or drift, if the change is MINOR) by
 * their digests alone: their rows do not change.
 *
 * @returns whether anything changed
 * @throws AppError REVISION_MOVED if someone else saved first
 */
export async function reviseOriginal(
  manager: EntityManager,
  { release, segments: before }: LockedOriginal,
  revision: OriginalRevision,
  authorship: Authorship,
): Promise<boolean> {
  const { id, originalLocale: locale } = release;
  const { segments, nextKey } = withKeys(revision.segments, release.nextKey);
  if (sameSegments(before, segments)) return false;

  const expected = revision.expectedRevision;
  const number = await beginRevision(manager, { releaseId: id, locale }, expected, authorship);
  await manager.update(ReleaseEntity, { id }, { nextKey });
  const gone = removedKeys(before, segments);
  await repository.writeOriginal(manager, id, locale, segments, gone);
  const digests = sourceDigests(segments);
  const touched = new Set(changedSegments(before, segments).map(({ key }) => key));
  for (const key of digests.keys()) {
    if (key !== WHOLE_ORIGINAL && !touched.has(key)) digests.delete(key);
  }
  const mark = { change: revision.change, revision: number };
  await repository.addVersions(manager, id, digests, segments, mark);
  await repository.recordText(manager, id, locale, number, authorship);
  return true;
}

/**
 * Replaces the facts; they reach readers with the next edition. Without a policy, that of the release stays.
 *
 * @param release locked by the transaction
 * @param before the facts as {@link loadFacts} returned them under the lock
 * @returns whether anything changed
 */
export async function updateFacts(
  manager: EntityManager,
  release: ReleaseEntity,
  before: ReleaseFacts,
  facts: ReleaseFacts & { readonly publishPolicy?: PublishPolicy },
): Promise<boolean> {
  const { id } = release;
  const { type, date, publishPolicy = release.publishPolicy } = facts;
  const same = JSON.stringify(before) === JSON.stringify(pickFacts(facts));
  if (same && publishPolicy === release.publishPolicy) return false;
  const revision = release.revision + 1;
  await manager.update(ReleaseEntity, { id }, { type, date, publishPolicy, revision });
  await repository.removeRelations(manager, id);
  await repository.addRelations(manager, id, facts);
  return true;
}

export async function loadFacts(
  manager: EntityManager,
  release: ReleaseEntity,
): Promise<ReleaseFacts> {
  const { type, date } = release;
  const relations = await repository.loadRelations(manager, release.id);
  return pickFacts({ type, date, ...relations });
}

function pickFacts({ type, date, audiences, mentions, topicIds }: ReleaseFacts): ReleaseFacts {
  return { type, date, audiences, mentions, topicIds };
}

/** @throws AppError REVISION_MOVED */
export async function beginRevision(
  manager: EntityManager,
  at: { readonly releaseId: string; readonly locale: Locale },
  expected: number,
  authorship: Authorship,
): Promise<number> {
  const place = { ...at, expected };
  const revision = await repository.recordRevision(manager, place, authorship.state, authorship);
  if (revision === null) throw new AppError('REVISION_MOVED');
  return revision;
}

/** @throws AppError NOT_FOUND */
export async function getLocked(manager: EntityManager, releaseId: string): Promise<ReleaseEntity> {
  const release = await repository.lockRelease(manager, releaseId);
  if (!release) throw new AppError('NOT_FOUND');
  return release;
}

/** @throws AppError NOT_FOUND */
export async function lockOriginal(
  manager: EntityManager,
  releaseId: string,
): Promise<LockedOriginal> {
  const release = await getLocked(manager, releaseId);
  const segments = await repository.loadOriginal(manager, releaseId, release.originalLocale);
  return { release, segments };
}
