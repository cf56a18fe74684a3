import type { EntityManager } from 'typeorm';

import { type Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import type { Freshness } from '../../kernel/release.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { type ReferenceData } from '../audience/index.js';
import { type Change, logChange } from '../change-log/index.js';
import { getLocked } from '../release/index.js';
import type { CorrectionNotes } from './correction-row.js';
import { checkCorrection, correctionOf } from './correction.policy.js';
import { changedLocales, type EditionText } from './edition.policy.js';
import type { EditionDraft } from './edition-draft.policy.js';
import type { EditionFacts } from './edition-row.js';
import { findLastEdition } from './edition.repository.js';
import { writeEdition } from './edition-writer.js';
import { judgeEdition, NotReady } from './readiness.service.js';
import type { Waiver } from './readiness.policy.js';
import { removeFulfilled, removeRevoked } from './schedule.repository.js';

export interface PublishRequest {
  readonly releaseId: string;
  /** null: every approved one. Locales not named are carried over; the original is always included. */
  readonly locales: readonly Locale[] | null;
  readonly waivers?: readonly Waiver[];
  /** Writes an edition even if no text and no fact has changed, because dates or addresses have. */
  readonly renews?: boolean;
  /** Addresses of the texts on a former site; if one is taken or missing, it is made from the title. */
  readonly slugs?: Readonly<Partial<Record<Locale, string>>>;
  /** For readers; only with an edition that replaces public words. */
  readonly notes?: CorrectionNotes;
  readonly by: string;
}

export interface RetractRequest {
  readonly releaseId: string;
  /** null: the whole release. */
  readonly locales: readonly Locale[] | null;
  readonly reason: string;
  readonly by: string;
}

/** An edition that is written, except for its row of the change log. */
export interface WrittenEdition {
  readonly edition: number;
  /** Newly published, replaced or retracted; empty if there was nothing to publish. */
  readonly changed: readonly Locale[];
  readonly publishedAt: Date;
  /** Each text of the edition compared with the original in it. */
  readonly freshness: Readonly<Partial<Record<Locale, Freshness>>>;
  /** null if there was nothing to publish. */
  readonly change: Change | null;
}

export interface PublishedEdition extends Omit<WrittenEdition, 'change'> {
  /** Number in the change log; null if there was nothing to publish. */
  readonly seq: number | null;
}

/**
 * Writes the next edition of a release: a full snapshot of its public texts and facts, with the tables for readers and
 * the change log, in the caller's transaction. The caller must not write anything after it.
 *
 * @throws NotReady if a rule blocks that is not waived; Invalid CORRECTION_REPLACES_NOTHING; AppError NOT_FOUND
 */
export async function publish(
  manager: EntityManager,
  reference: ReferenceData,
  request: PublishRequest,
): Promise<PublishedEdition> {
  await getLocked(manager, request.releaseId);
  return logged(manager, await preparePublication(manager, reference, request));
}

/**
 * Retracts a release, or some of its translations, at once. The texts stay in the history for staff. The caller must
 * not write anything after it.
 *
 * @throws Invalid ORIGINAL_STAYS if the original is named without the rest, NOTHING_PUBLIC; AppError NOT_FOUND
 */
export async function retract(
  manager: EntityManager,
  request: RetractRequest,
): Promise<PublishedEdition> {
  return logged(manager, await prepareRetraction(manager, request));
}

async function logged(
  manager: EntityManager,
  { change, ...edition }: WrittenEdition,
): Promise<PublishedEdition> {
  return { ...edition, seq: change && (await logChange(manager, change)) };
}

/** {@link publish} without locking the release and without the change log, which the caller does. */
export async function preparePublication(
  manager: EntityManager,
  reference: ReferenceData,
  request: PublishRequest,
): Promise<WrittenEdition> {
  const { draft, readiness } = await judgeEdition(queryableOf(manager), reference, request);
  if (!readiness.ready) throw new NotReady(readiness);
  checkCorrection(draft, request.notes ?? {});
  const named = draft.candidates.map(({ locale }) => locale);
  await removeFulfilled(manager, request.releaseId, named);
  return writeDraft(manager, draft, request);
}

/** Writes a draft that met the rules, if it differs from the last edition. Notes need words that it replaces. */
export async function writeDraft(
  manager: EntityManager,
  draft: EditionDraft,
  { releaseId, by, waivers = [], notes = {}, ...request }: Omit<PublishRequest, 'locales'>,
): Promise<WrittenEdition> {
  const { last, texts, facts } = draft;
  const { renews = false, slugs = {} } = request;
  const freshness = freshnessOf(texts);
  const changed = changedLocales(last?.texts ?? null, texts);
  if (last && !renews && changed.length === 0 && sameFacts(last.edition.facts, facts)) {
    const { number: edition, publishedAt } = last.edition;
    return { edition, changed, publishedAt, freshness, change: null };
  }
  const reason = waiverNote(waivers);
  const correction = correctionOf(draft, notes);
  const step = { releaseId, kind: 'PUBLISHED', by, reason, changed, slugs, correction } as const;
  const { edition, change } = await writeEdition(manager, draft, step);
  return {
    edition: edition.number,
    changed,
    publishedAt: edition.publishedAt,
    freshness,
    change,
  };
}

/** {@link retract} without the change log, which the caller writes. */
export async function prepareRetraction(
  manager: EntityManager,
  { releaseId, locales, reason, by }: RetractRequest,
): Promise<WrittenEdition> {
  const release = await getLocked(manager, releaseId);
  const last = await findLastEdition(queryableOf(manager), releaseId);
  if (!last || last.texts.length === 0) throw new Invalid('NOTHING_PUBLIC');
  const named = locales ?? last.texts.map(({ locale }) => locale);
  const texts = last.texts.filter(({ locale }) => !named.includes(locale));
  if (texts.length > 0 && named.includes(release.originalLocale)) {
    throw new Invalid('ORIGINAL_STAYS', { locale: release.originalLocale }, ['locales']);
  }
  const changed = last.texts.map(({ locale }) => locale).filter((l) => named.includes(l));
  if (changed.length === 0) throw new Invalid('NOTHING_PUBLIC', {}, ['locales']);
  await removeRevoked(manager, releaseId, texts.length === 0 ? null : changed);
  const draft = { last, texts, facts: last.edition.facts };
  const step = { releaseId, kind: 'RETRACTED', by, reason, changed } as const;
  const { edition, change } = await writeEdition(manager, draft, step);
  const { number, publishedAt } = edition;
  return { edition: number, changed, publishedAt, freshness: freshnessOf(texts), change };
}

function sameFacts(before: EditionFacts, after: EditionFacts): boolean {
  const shape = (facts: EditionFacts) => [
    facts.number,
    facts.type,
    facts.date,
    facts.originalLocale,
    facts.audiences,
    facts.mentions,
    facts.topicIds,
  ];
  return JSON.stringify(shape(before)) === JSON.stringify(shape(after));
}

/** The waivers, one line for each. */
function waiverNote(waivers: readonly Waiver[]): string | null {
  if (waivers.length === 0) return null;
  return waivers
    .map(
      ({ audience, locale, reason }) => `${locale}${audience ? ` (${audience})` : ''}: ${reason}`,
    )
    .join('\n');
}

function freshnessOf(texts: readonly EditionText[]): Partial<Record<Locale, Freshness>> {
  return Object.fromEntries(texts.map(({ locale, freshness }) => [locale, freshness]));
}
