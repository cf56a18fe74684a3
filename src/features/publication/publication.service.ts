import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import { type Locale, maskOf } from '../../kernel/locale.js';
import { isMemberOn, requiredMask } from '../../kernel/member-state.js';
import type { Freshness } from '../../kernel/release.js';
import { publishTopics, type Reference } from '../audience/index.js';
import { getLocked, type ReleaseEntity } from '../release/index.js';
import { changedLocales, editionMasks, type EditionText } from './edition.js';
import { draftEdition, type EditionDraft } from './edition-draft.js';
import type { EditionEntity, EditionFacts } from './edition.entity.js';
import * as repository from './edition.repository.js';
import { removeProjection, writeProjection } from './projection.repository.js';
import { type UnmetRule, unmetRules, type Waiver } from './readiness.policy.js';
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
  await publishTopics(manager, edition.facts.topicIds);
  const firstPublished = await repository.firstPublished(manager, edition.releaseId);
  const masks = editionMasks(texts, maskOf(firstPublished.keys()));
  await writeProjection(manager, { edition, texts, masks, firstPublished });
}

function titleOf(text: EditionText): string {
  return text.segments.find(({ kind }) => kind === 'TITLE')?.text ?? '';
}
