import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import { type Locale, LOCALES, maskOf } from '../../kernel/locale.js';
import { isMemberOn, requiredMask } from '../../kernel/member-state.js';
import type { Freshness } from '../../kernel/release.js';
import type { Reference } from '../audience/index.js';
import {
  getLocked,
  loadFacts,
  loadVersions,
  type ReleaseEntity,
  sourceDigests,
  type TranslationEntity,
} from '../release/index.js';
import { loadSegments, readingOrder } from '../translation/index.js';
import {
  carriedText,
  changedLocales,
  editionMasks,
  type EditionSource,
  type EditionText,
  freshText,
} from './edition.js';
import type { EditionEntity, EditionFacts } from './edition.entity.js';
import * as repository from './edition.repository.js';
import { removeProjection, writeProjection } from './projection.repository.js';
import { type Candidate, type UnmetRule, unmetRules, type Waiver } from './readiness.policy.js';
import { slugOf } from './slug.js';

export interface PublishRequest {
  readonly releaseId: string;
  /** null: every approved one. Locales not named are carried over; the original is always there. */
  readonly locales: readonly Locale[] | null;
  readonly waivers?: readonly Waiver[];
  readonly by: string;
}

export interface RetractRequest {
  readonly releaseId: string;
  /** null: the whole release. */
  readonly locales: readonly Locale[] | null;
  readonly reason: string;
  readonly by: string;
}

export interface PublishedEdition {
  readonly edition: number;
  /** Newly published, replaced or taken back; empty where there was nothing to publish. */
  readonly changed: readonly Locale[];
  /** Number in the change log; null where there was nothing to publish. */
  readonly seq: number | null;
  /** How each text of the edition stands against the original in it. */
  readonly freshness: Readonly<Partial<Record<Locale, Freshness>>>;
}

/** Publishing broke a rule: `unmet` has each one. */
export class NotReady extends AppError {
  constructor(readonly unmet: readonly UnmetRule[]) {
    const blocking = unmet.filter((rule) => rule.blocking);
    super('PUBLICATION_NOT_READY', {
      rules: blocking.map(({ locale, reason }) => `${locale}: ${reason}`).join(', '),
    });
  }
}

/**
 * Writes the next edition of a release: a full snapshot of what is public of it from now on, with the readers' rows
 * and the change log, in the caller's transaction. The caller must not write anything after it.
 *
 * @throws NotReady where a rule blocks that is not waived; AppError NOT_FOUND
 */
export async function publish(
  manager: EntityManager,
  reference: Reference,
  request: PublishRequest,
): Promise<PublishedEdition> {
  const release = await getLocked(manager, request.releaseId);
  const draft = await draftEdition(manager, release, request.locales);
  const required = requiredByAudience(reference, draft.facts);
  const unmet = unmetRules(
    {
      policy: release.publishPolicy,
      candidates: draft.candidates,
      inEdition: maskOf(draft.texts.map(({ locale }) => locale)),
      required,
    },
    request.waivers ?? [],
  );
  if (unmet.some(({ blocking }) => blocking)) throw new NotReady(unmet);

  const { last } = draft;
  const changed = changedLocales(last?.texts ?? null, draft.texts);
  if (last && changed.length === 0 && sameFacts(last.edition.facts, draft.facts)) {
    const { number } = last.edition;
    return { edition: number, changed: [], seq: null, freshness: freshnessOf(draft.texts) };
  }
  return writeEdition(manager, release, draft, {
    kind: 'PUBLISHED',
    by: request.by,
    reason: waiverNote(request.waivers ?? []),
    changed,
  });
}

/**
 * Takes a release, or some of its translations, back from the public at once. What was public stays in the staff's history.
 *
 * @throws AppError NOT_FOUND; ORIGINAL_STAYS where the original is named without the rest; NOTHING_PUBLIC
 */
export async function retract(
  manager: EntityManager,
  request: RetractRequest,
): Promise<PublishedEdition> {
  const release = await getLocked(manager, request.releaseId);
  const last = await repository.findLastEdition(manager, release.id);
  if (!last || last.texts.length === 0) throw new AppError('NOTHING_PUBLIC');
  const named = request.locales ?? last.texts.map(({ locale }) => locale);
  const remaining = last.texts.filter(({ locale }) => !named.includes(locale));
  if (remaining.length > 0 && named.includes(release.originalLocale)) {
    throw new AppError('ORIGINAL_STAYS', { locale: release.originalLocale });
  }
  const changed = last.texts.map(({ locale }) => locale).filter((l) => named.includes(l));
  if (changed.length === 0) throw new AppError('NOTHING_PUBLIC');
  const draft = { last, texts: remaining, facts: last.edition.facts, candidates: [] };
  const { by, reason } = request;
  return writeEdition(manager, release, draft, { kind: 'RETRACTED', by, reason, changed });
}

interface EditionDraft {
  readonly last: repository.LastEdition | null;
  readonly texts: readonly EditionText[];
  readonly facts: EditionFacts;
  readonly candidates: readonly Candidate[];
}

async function draftEdition(
  manager: EntityManager,
  release: ReleaseEntity,
  locales: readonly Locale[] | null,
): Promise<EditionDraft> {
  const translations = await repository.loadTranslations(manager, release.id);
  const last = await repository.findLastEdition(manager, release.id);
  const carried = new Map(last?.texts.map((text) => [text.locale, text]));
  const named = new Set(locales ?? approvedLocales(translations));
  if (!carried.has(release.originalLocale)) named.add(release.originalLocale);

  const segments = new Map<Locale, Awaited<ReturnType<typeof loadSegments>>>();
  for (const locale of named) {
    segments.set(locale, readingOrder(await loadSegments(manager, release.id, locale)));
  }
  const source = await editionSource(manager, release, segments, carried);
  const fresh = new Map<Locale, EditionText>();
  for (const [locale, list] of segments) {
    const revision = translations.get(locale)?.revision ?? 0;
    fresh.set(locale, freshText(locale, revision, list, source));
  }
  const texts = LOCALES.flatMap((locale) => {
    const old = carried.get(locale);
    return fresh.get(locale) ?? (old ? carriedText(old, source) : []);
  });
  const candidates = [...segments].map(([locale, list]): Candidate => {
    const state = translations.get(locale)?.state ?? null;
    return { locale, state, segments: list, isStale: fresh.get(locale)?.freshness === 'STALE' };
  });
  const { number, originalLocale } = release;
  const facts = { number, originalLocale, ...(await loadFacts(manager, release)) };
  return { last, texts, facts, candidates };
}

function approvedLocales(translations: ReadonlyMap<Locale, TranslationEntity>): Locale[] {
  return LOCALES.filter((locale) => translations.get(locale)?.state === 'APPROVED');
}

/** Texts are judged against the original that the edition itself has: the newest one, or the one carried over. */
async function editionSource(
  manager: EntityManager,
  release: ReleaseEntity,
  fresh: ReadonlyMap<
    Locale,
    readonly { key: string; kind: EditionText['segments'][number]['kind']; text: string | null }[]
  >,
  carried: ReadonlyMap<Locale, EditionText>,
): Promise<EditionSource> {
  const { originalLocale } = release;
  const original = fresh.get(originalLocale) ?? carried.get(originalLocale)?.segments ?? [];
  const written = original.flatMap(({ key, kind, text }) => {
    return text === null ? [] : [{ key, kind, text }];
  });
  const versions = await loadVersions(manager, release.id);
  return { digests: sourceDigests(written), versions };
}

function requiredByAudience(
  reference: Reference,
  facts: EditionFacts,
): { audience: string; mask: number }[] {
  const addressed = reference.states.filter((state) => {
    if (facts.audiences.length > 0) return facts.audiences.includes(state.code);
    return isMemberOn(state, facts.date);
  });
  return addressed.map((state) => {
    const rules = reference.rulesOf(state.code);
    return { audience: state.code, mask: requiredMask(state, rules, facts.type, facts.date) };
  });
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

function waiverNote(waivers: readonly Waiver[]): string | null {
  if (waivers.length === 0) return null;
  return waivers.map(({ locale, reason }) => `${locale}: ${reason}`).join('\n');
}

interface EditionStep {
  readonly kind: 'PUBLISHED' | 'RETRACTED';
  readonly by: string;
  readonly reason: string | null;
  readonly changed: readonly Locale[];
}

async function writeEdition(
  manager: EntityManager,
  release: ReleaseEntity,
  { last, texts, facts }: EditionDraft,
  { kind, by, reason, changed }: EditionStep,
): Promise<PublishedEdition> {
  const number = (last?.edition.number ?? 0) + 1;
  const place = { releaseId: release.id, edition: number };
  const addressed: (EditionText & { slug: string })[] = [];
  for (const text of texts) {
    const old = last?.texts.find(({ locale }) => locale === text.locale);
    const slug =
      old && !changed.includes(text.locale)
        ? old.slug
        : await repository.reserveSlug(manager, {
            ...place,
            locale: text.locale,
            slug: slugOf(release.number, titleOf(text)),
          });
    addressed.push({ ...text, slug });
  }
  const row = {
    releaseId: release.id,
    number,
    kind,
    publishedBy: by,
    changedLocales: [...changed],
    reason,
    facts,
  };
  const publishedAt = await repository.insertEdition(manager, row, addressed);
  const edition: EditionEntity = { ...row, publishedAt };
  const step = { action: kind, by, comment: reason, locales: [...changed] };
  await repository.markPublished(manager, release.id, addressed, step);
  await project(manager, edition, addressed);
  const seq = await repository.logEdition(manager, edition);
  return { edition: number, changed, seq, freshness: freshnessOf(texts) };
}

function freshnessOf(texts: readonly EditionText[]): Partial<Record<Locale, Freshness>> {
  return Object.fromEntries(texts.map(({ locale, freshness }) => [locale, freshness]));
}

async function project(
  manager: EntityManager,
  edition: EditionEntity,
  texts: readonly (EditionText & { slug: string })[],
): Promise<void> {
  if (texts.length === 0) return removeProjection(manager, edition.releaseId);
  const firstPublished = await repository.firstPublished(manager, edition.releaseId);
  const masks = editionMasks(texts, maskOf(firstPublished.keys()));
  await writeProjection(manager, { edition, texts, masks, firstPublished });
}

function titleOf(text: EditionText): string {
  return text.segments.find(({ kind }) => kind === 'TITLE')?.text ?? '';
}
