import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { renderInline } from '../../kernel/rich-text/index.js';
import { ensureTopics, type ReferenceData } from '../audience/index.js';
import { type PublishedEdition, recordFirstPublications } from '../publication/index.js';
import {
  type Authorship,
  createRelease,
  findTranslation,
  loadFacts,
  loadOriginal,
  lockReleaseByNumber,
  type ReleaseEntity,
  reviseOriginal,
  type SourceSegment,
  updateFacts,
} from '../release/index.js';
import { findMentions } from './page/mentions.js';
import { type ImportedText } from './page/imported.js';
import { loadSegments, replaceTranslation } from '../translation/index.js';
import type { Incoming } from './incoming.js';
import { knownPublications } from './known-publication.js';
import { publishImported, restoreOldSlugs } from './publish-imported.js';
import { refuseEdited, refuseRetracted } from './done-by-staff.js';
import {
  changeBetween,
  localesOf,
  newOriginal,
  revisedOriginal,
  type TranslationSegments,
  translationParts,
} from './segments-of.js';

export interface ImportOptions {
  readonly publish: boolean;
  /** Also replaces texts that staff have edited since the last import. */
  readonly force: boolean;
  /**
   * When all texts were published: a date, an instant or `own-date`; null: as in the files, otherwise on their own
   * dates.
   */
  readonly publishedAt?: string | null;
  /** The author in the history. */
  readonly by: string;
}

/** The facts of a release after its import. */
export interface ImportedFacts {
  readonly originalLocale: Locale;
  readonly date: string;
  readonly mentions: readonly string[];
}

export interface ImportOutcome {
  readonly number: string;
  readonly created: boolean;
  /** Locales whose text has changed. */
  readonly changed: readonly Locale[];
  readonly factsChanged: boolean;
  readonly facts: ImportedFacts;
  /** Locales that were stored with their own segments, because their blocks do not match those of the original. */
  readonly ownBody: readonly Locale[];
  /** null if nothing was published, because it was not requested or there was nothing new. */
  readonly edition: PublishedEdition | null;
}

/**
 * Imports or updates one existing release, in the caller's transaction. Unchanged data is not written.
 *
 * @throws AppError PUBLISHED_AT_FUTURE, ORIGINAL_DIFFERS, ORIGINAL_MISSING, TEXT_EDITED_SINCE, TEXT_RETRACTED_SINCE,
 *   REVISION_MOVED; NotReady
 */
export async function importRelease(
  manager: EntityManager,
  reference: ReferenceData,
  incoming: Incoming,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const authorship: Authorship = { by: options.by, action: 'IMPORTED', state: 'APPROVED' };
  const known = knownPublications(incoming, {
    givenDate: options.publishedAt ?? null,
    isPublishing: options.publish,
    now: new Date(),
  });
  const found = await lockReleaseByNumber(manager, incoming.number);
  if (found && options.publish && !options.force) {
    await refuseRetracted(manager, found, Object.keys(incoming.texts) as Locale[]);
  }
  const start = found
    ? await reviseFound(manager, reference, found, incoming, options, authorship)
    : await createNew(manager, reference, incoming, authorship);
  const changed = [...start.changed];
  const ownBody: Locale[] = [];
  const { number, originalLocale } = incoming;
  const locales = localesOf(incoming.texts, originalLocale).slice(start.skip);
  const original = locales.length > 0 ? await loadOriginal(manager, start.id, originalLocale) : [];
  for (const locale of locales) {
    const text = incoming.texts[locale];
    const at = { releaseId: start.id, number, locale, original };
    const written = text && (await importTranslation(manager, at, text, options, authorship));
    if (!written) continue;
    changed.push(locale);
    if (written.own.some(({ kind }) => kind !== 'SUMMARY')) ownBody.push(locale);
  }
  const redated = await recordFirstPublications(manager, start.id, known);
  const isMoved = (await restoreOldSlugs(manager, start.id, incoming)) > 0;
  const renews = redated.length > 0 || (found !== null && isMoved);
  const edition = options.publish
    ? await publishImported(manager, reference, { id: start.id, renews }, incoming, options.by)
    : null;
  return {
    number: incoming.number,
    created: !found,
    changed,
    factsChanged:
      start.factsChanged || (redated.length > 0 && known.some(({ isGiven }) => isGiven)),
    facts: start.facts,
    ownBody,
    edition: edition && edition.seq !== null ? edition : null,
  };
}

interface Start {
  readonly id: string;
  readonly changed: readonly Locale[];
  readonly factsChanged: boolean;
  readonly facts: ImportedFacts;
  /** The number of locales already processed: the original, if the import includes it. */
  readonly skip: number;
}

async function createNew(
  manager: EntityManager,
  reference: ReferenceData,
  incoming: Incoming,
  authorship: Authorship,
): Promise<Start> {
  const { number, originalLocale, type, date } = incoming;
  const original = incoming.texts[originalLocale];
  if (!original) throw new AppError('ORIGINAL_MISSING', { locale: originalLocale });
  const mentions = incoming.mentions ?? mentionsOf(reference, incoming);
  const release = {
    number,
    originalLocale,
    type,
    date,
    audiences: incoming.audiences ?? [],
    mentions,
    topicIds: await ensureTopics(manager, incoming.topics ?? []),
    segments: newOriginal(original),
  };
  const id = await createRelease(manager, release, authorship);
  const facts = { originalLocale, date, mentions };
  return { id, changed: [originalLocale], factsChanged: true, facts, skip: 1 };
}

async function reviseFound(
  manager: EntityManager,
  reference: ReferenceData,
  found: ReleaseEntity,
  incoming: Incoming,
  options: ImportOptions,
  authorship: Authorship,
): Promise<Start> {
  const { id, originalLocale } = found;
  if (originalLocale !== incoming.originalLocale) {
    throw new AppError('ORIGINAL_DIFFERS', { locale: originalLocale });
  }
  const original = incoming.texts[originalLocale];
  const changed: Locale[] = [];
  if (original) {
    const before = await loadOriginal(manager, id, originalLocale);
    const segments = revisedOriginal(before, original);
    const same =
      before.length === segments.length &&
      before.every(({ kind, text }, i) => kind === segments[i]?.kind && text === segments[i].text);
    if (!same) {
      if (!options.force) await refuseEdited(manager, found, originalLocale);
      const translation = await findTranslation(manager, id, originalLocale);
      const expectedRevision = translation?.revision ?? 0;
      const change = changeBetween(before, segments);
      const present = { release: found, segments: before };
      const revision = { expectedRevision, change, segments };
      if (await reviseOriginal(manager, present, revision, authorship)) {
        changed.push(originalLocale);
      }
    }
  }
  const revised = await reviseFacts(manager, reference, found, incoming, changed.length > 0);
  return { id, changed, ...revised, skip: original ? 1 : 0 };
}

/** Facts that the import omits are unchanged; mentions are only detected again if the original changed. */
async function reviseFacts(
  manager: EntityManager,
  reference: ReferenceData,
  found: ReleaseEntity,
  incoming: Incoming,
  originalChanged: boolean,
): Promise<Pick<Start, 'factsChanged' | 'facts'>> {
  const before = await loadFacts(manager, found);
  const hasOriginal = incoming.texts[found.originalLocale] !== undefined;
  const mentions = incoming.mentions ?? (originalChanged ? mentionsOf(reference, incoming) : null);
  const topicIds = incoming.topics && (await ensureTopics(manager, incoming.topics));
  const after = {
    type: hasOriginal ? incoming.type : before.type,
    date: hasOriginal ? incoming.date : before.date,
    audiences: unlessSame(incoming.audiences, before.audiences),
    mentions: unlessSame(mentions, before.mentions),
    topicIds: unlessSame(topicIds, before.topicIds),
  };
  const factsChanged = await updateFacts(manager, found, before, after);
  return { factsChanged, facts: { ...after, originalLocale: found.originalLocale } };
}

/** An import contains sets; an order that staff chose is preserved. */
function unlessSame(next: readonly string[] | null, before: readonly string[]): readonly string[] {
  if (next === null) return before;
  const members = new Set(before);
  const isSame = next.length === before.length && next.every((member) => members.has(member));
  return isSame ? before : next;
}

interface Place {
  readonly releaseId: string;
  readonly number: string;
  readonly locale: Locale;
  readonly original: readonly SourceSegment[];
}

async function importTranslation(
  manager: EntityManager,
  { releaseId, number, locale, original }: Place,
  text: ImportedText,
  options: ImportOptions,
  authorship: Authorship,
): Promise<TranslationSegments | null> {
  const translation = await findTranslation(manager, releaseId, locale);
  const before = translation ? await loadSegments(manager, releaseId, locale) : [];
  if (translation) {
    if (isSameText(before, text)) return null;
    if (!options.force) await refuseEdited(manager, { id: releaseId, number }, locale);
  }
  const expectedRevision = translation?.revision ?? 0;
  const parts = translationParts(original, before, text);
  const whole = { releaseId, locale, expectedRevision, origin: 'IMPORTED' as const, ...parts };
  const changed = await replaceTranslation(manager, { ...whole, renewsAll: false }, authorship);
  return changed ? parts : null;
}

/** Importing the same file again changes nothing, even if the original has been split differently since. */
function isSameText(
  before: Awaited<ReturnType<typeof loadSegments>>,
  { title, summary, blocks }: ImportedText,
): boolean {
  const there = before.filter(({ text }) => text !== null);
  const of = (kind: string) => there.find((segment) => segment.kind === kind)?.text ?? null;
  const body = there.filter(({ kind }) => kind !== 'TITLE' && kind !== 'SUMMARY');
  return (
    of('TITLE') === title &&
    of('SUMMARY') === summary &&
    body.length === blocks.length &&
    body.every(({ kind, text }, i) => kind === blocks[i]?.kind && text === blocks[i].text)
  );
}

function mentionsOf(reference: ReferenceData, { texts, originalLocale }: Incoming): string[] {
  const plain = localesOf(texts, originalLocale).map((locale) => {
    const { title, summary, blocks } = texts[locale] ?? { title: '', summary: null, blocks: [] };
    const parts = [title, summary ?? '', ...blocks.map(({ text }) => text)];
    return { locale, text: parts.map((part) => renderInline(part).plainText).join('\n') };
  });
  return findMentions(plain, reference.namedStates);
}
