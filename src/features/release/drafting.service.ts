import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { parseReference } from '../../kernel/reference-code.js';
import { Invalid, RevisionMoved } from '../../kernel/refusal.js';
import type { ReleaseType, SourceChange } from '../../kernel/release.js';
import { stateAfter } from '../../kernel/workflow.js';
import { databaseCode, UNIQUE_VIOLATION } from '../../platform/db/index.js';
import { findTopics, type ReferenceData } from '../audience/index.js';
import { fixedKey } from './original.policy.js';
import { checkedSegments, type SegmentInput } from './original-input.policy.js';
import type { PublishPolicy, ReleaseEntity } from './release.entity.js';
import * as repository from './release.repository.js';
import { createRelease, loadFacts, reviseOriginal, updateFacts } from './release.service.js';
import { textConflicts } from './text-conflict.repository.js';

/** The facts of a release as staff send them; a fact that is null or absent does not change. */
export interface FactsInput {
  readonly type?: ReleaseType | null;
  readonly date?: string | null;
  readonly publishPolicy?: PublishPolicy | null;
  /** ISO 3166-1 alpha-2. */
  readonly audiences?: readonly string[] | null;
  readonly mentions?: readonly string[] | null;
  /** Slugs. */
  readonly topics?: readonly string[] | null;
}

export interface ReleaseInput extends FactsInput {
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly segments: readonly SegmentInput[];
}

const MAX_LIST_LENGTH = 50;

/**
 * Creates a release with a draft of its original.
 *
 * @returns its id
 * @throws Invalid NUMBER_INVALID, NUMBER_TAKEN, or the fault of a fact or a segment
 */
export async function draftRelease(
  manager: EntityManager,
  reference: ReferenceData,
  input: ReleaseInput,
  by: string,
): Promise<string> {
  const parsed = parseReference(input.number);
  if (parsed?.locale !== null) {
    throw new Invalid('NUMBER_INVALID', { number: input.number.slice(0, 40) }, ['number']);
  }
  const { number } = parsed;
  if (await repository.lockReleaseByNumber(manager, number)) {
    throw new Invalid('NUMBER_TAKEN', { number }, ['number']);
  }
  const { type, date, originalLocale, publishPolicy } = input;
  const release = {
    number,
    type,
    date,
    originalLocale,
    ...(publishPolicy && { publishPolicy }),
    audiences: checkedStates(reference, input.audiences ?? [], 'audiences'),
    mentions: checkedStates(reference, input.mentions ?? [], 'mentions'),
    topicIds: await checkedTopics(manager, input.topics ?? []),
    segments: checkedSegments(input.segments, new Map()),
  };
  const authorship = { by, action: 'CREATED' as const, state: 'DRAFT' as const };
  try {
    return await createRelease(manager, release, authorship);
  } catch (error) {
    // Another transaction took the number after the check: a row that does not exist yet cannot be locked.
    if (databaseCode(error) !== UNIQUE_VIOLATION) throw error;
    throw new Invalid('NUMBER_TAKEN', { number }, ['number']);
  }
}

/**
 * Changes some facts; they reach readers with the next edition.
 *
 * @throws RevisionMoved if someone else changed facts since `expectedRevision`: each conflict is a fact by its name;
 *   Invalid NOT_FOUND, or the fault of a fact
 */
export async function changeFacts(
  manager: EntityManager,
  reference: ReferenceData,
  { releaseId, expectedRevision, facts }: FactsChange,
): Promise<void> {
  const release = await lock(manager, releaseId);
  const before = await loadFacts(manager, release);
  if (release.revision !== expectedRevision) {
    const slugs = await repository.topicSlugs(manager, before.topicIds);
    const { publishPolicy } = release;
    throw factsMoved(release.revision, { ...before, publishPolicy, topics: slugs }, facts);
  }
  const { audiences, mentions, topics } = facts;
  await updateFacts(manager, release, before, {
    type: facts.type ?? before.type,
    date: facts.date ?? before.date,
    publishPolicy: facts.publishPolicy ?? release.publishPolicy,
    audiences: audiences ? checkedStates(reference, audiences, 'audiences') : before.audiences,
    mentions: mentions ? checkedStates(reference, mentions, 'mentions') : before.mentions,
    topicIds: topics ? await checkedTopics(manager, topics) : before.topicIds,
  });
}

export interface FactsChange {
  readonly releaseId: string;
  readonly expectedRevision: number;
  readonly facts: FactsInput;
}

const FACTS = ['type', 'date', 'publishPolicy', 'audiences', 'mentions', 'topics'] as const;

function factsMoved(revision: number, theirs: FactsInput, yours: FactsInput): RevisionMoved {
  const shown = (value: FactsInput[(typeof FACTS)[number]]): string | null => {
    if (value === null || value === undefined) return null;
    return typeof value === 'string' ? value : value.join(' ');
  };
  const conflicts = FACTS.filter((fact) => {
    return yours[fact] && shown(yours[fact]) !== shown(theirs[fact]);
  }).map((key) => {
    const texts = { base: null, theirs: shown(theirs[key]), yours: shown(yours[key]) };
    return { key, ...texts, sourceChanged: false };
  });
  return new RevisionMoved(revision, conflicts);
}

export interface OriginalChange {
  readonly releaseId: string;
  /** Of the original locale. */
  readonly expectedRevision: number;
  readonly change: SourceChange;
  /** In their new order; a segment that is not in the list is removed. */
  readonly segments: readonly SegmentInput[];
}

/**
 * Saves a new text of the original, which loses its approval. Segments keep their keys. Translations of changed
 * segments become stale, or drift if the change is minor.
 *
 * @throws RevisionMoved with both texts if someone else saved first; Invalid NOT_FOUND, or the fault of a segment
 */
export async function changeOriginal(
  manager: EntityManager,
  { releaseId, expectedRevision, change, segments }: OriginalChange,
  by: string,
): Promise<void> {
  const release = await lock(manager, releaseId);
  const { originalLocale } = release;
  const before = await repository.loadOriginal(manager, releaseId, originalLocale);
  const translation = await repository.findTranslation(manager, releaseId, originalLocale);
  const present = new Map(before.map(({ key, text }) => [key, text]));
  const { revision = 0, state = 'DRAFT' } = translation ?? {};
  if (revision !== expectedRevision) {
    const intended = new Map(
      segments.flatMap(({ key, kind, text }) => {
        const name = key ?? fixedKey(kind);
        return name === null ? [] : [[name, { text, sourceChanged: false }] as const];
      }),
    );
    const place = { releaseId, locale: originalLocale, expected: expectedRevision };
    const conflicts = await textConflicts(manager, place, present, intended);
    throw new RevisionMoved(revision, conflicts);
  }
  const drafts = checkedSegments(segments, present);
  const saved = stateAfter('SAVE', state) ?? 'DRAFT';
  const authorship = { by, action: 'SAVED' as const, state: saved };
  await reviseOriginal(
    manager,
    { release, segments: before },
    { expectedRevision, change, segments: drafts },
    authorship,
  );
}

/** @throws Invalid NOT_FOUND */
async function lock(manager: EntityManager, releaseId: string): Promise<ReleaseEntity> {
  const release = await repository.lockRelease(manager, releaseId);
  if (!release) throw new Invalid('NOT_FOUND', {}, ['releaseId']);
  return release;
}

/** Each state once, in the order given. @throws Invalid COUNTRY_UNKNOWN, LIST_TOO_LONG */
function checkedStates(reference: ReferenceData, codes: readonly string[], path: string): string[] {
  if (codes.length > MAX_LIST_LENGTH) throw tooMany(path);
  for (const [index, code] of codes.entries()) {
    if (reference.findState(code)) continue;
    throw new Invalid('COUNTRY_UNKNOWN', { value: code.slice(0, 20) }, [path, String(index)]);
  }
  return [...new Set(codes)];
}

/** @throws Invalid TOPIC_UNKNOWN, LIST_TOO_LONG */
async function checkedTopics(
  manager: EntityManager,
  slugs: readonly string[],
): Promise<readonly string[]> {
  if (slugs.length > MAX_LIST_LENGTH) throw tooMany('topics');
  const wanted = [...new Set(slugs)];
  // PostgreSQL accepts no NUL, so no topic has such a slug.
  const storable = wanted.filter((slug) => !slug.includes('\0'));
  const found = await findTopics(manager, storable);
  return wanted.map((slug) => {
    const id = found.get(slug);
    if (id !== undefined) return id;
    const path = ['topics', String(slugs.indexOf(slug))];
    throw new Invalid('TOPIC_UNKNOWN', { slug: slug.slice(0, 80) }, path);
  });
}

function tooMany(argument: string): Invalid {
  return new Invalid('LIST_TOO_LONG', { argument, max: MAX_LIST_LENGTH }, [argument]);
}
