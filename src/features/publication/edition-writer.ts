import type { EntityManager } from 'typeorm';

import { type Locale, maskOf } from '../../kernel/locale.js';
import { renderInline } from '../../kernel/rich-text/index.js';
import { publishTopics } from '../audience/index.js';
import { type Change } from '../change-log/index.js';
import type { Correction, StoredCorrection } from './correction-row.js';
import { editionMasks, type EditionText, unchangedWords } from './edition.policy.js';
import type { EditionDraft } from './edition-draft.policy.js';
import type { EditionRow } from './edition-row.js';
import * as repository from './edition.repository.js';
import { firstPublications } from './first-publication.repository.js';
import { removeProjection, writeProjection } from './projection.repository.js';
import { slugOf } from './slug.policy.js';

export interface EditionStep {
  readonly releaseId: string;
  readonly kind: 'PUBLISHED' | 'RETRACTED';
  readonly by: string;
  readonly reason: string | null;
  /** Newly published, replaced or retracted. */
  readonly changed: readonly Locale[];
  /** Addresses of the texts on a former site. */
  readonly slugs?: Readonly<Partial<Record<Locale, string>>>;
  /** What its replaced texts changed, for readers. */
  readonly correction?: StoredCorrection | null;
}

type AddressedText = EditionText & { readonly slug: string };

/**
 * Writes an edition, the tables for readers, and a step into the history of each locale.
 *
 * @returns the edition and, for the last statement of the transaction, its row of the change log
 */
export async function writeEdition(
  manager: EntityManager,
  draft: Pick<EditionDraft, 'last' | 'texts' | 'facts'>,
  { releaseId, kind, by, reason, changed, slugs = {}, correction = null }: EditionStep,
): Promise<{ edition: EditionRow; change: Change }> {
  const { last, facts } = draft;
  const number = (last?.edition.number ?? 0) + 1;
  const texts = await addressed(manager, draft, { releaseId, number, slugs });
  const row = {
    releaseId,
    number,
    kind,
    publishedBy: by,
    changedLocales: [...changed],
    reason,
    facts,
  };
  const publishedAt = await repository.insertEdition(manager, { ...row, correction }, texts);
  const edition: EditionRow = { ...row, publishedAt };
  // A retracted text is not in this edition, but in the one before.
  const touched = (kind === 'PUBLISHED' ? texts : (last?.texts ?? [])).filter(({ locale }) => {
    return changed.includes(locale);
  });
  const step = { action: kind, by, comment: reason, texts: touched };
  await repository.markPublished(manager, releaseId, texts, step);
  const unchanged = unchangedWords(last?.texts ?? [], texts);
  const corrections = withNewest(last?.corrections ?? [], edition, correction);
  await project(manager, edition, { texts, unchanged, corrections });
  const change = {
    kind,
    at: publishedAt,
    releaseId,
    number: facts.number,
    edition: number,
    changed: maskOf(changed),
  };
  return { edition, change };
}

function withNewest(
  earlier: readonly Correction[],
  { number, publishedAt }: EditionRow,
  correction: StoredCorrection | null,
): readonly Correction[] {
  if (!correction) return earlier;
  return [{ edition: number, at: publishedAt.toISOString(), ...correction }, ...earlier];
}

/** The address of a text changes only with its title or the number of the release: the rules for slugs may change. */
async function addressed(
  manager: EntityManager,
  draft: Pick<EditionDraft, 'last' | 'texts' | 'facts'>,
  {
    releaseId,
    number,
    slugs,
  }: Required<Pick<EditionStep, 'releaseId' | 'slugs'>> & { number: number },
): Promise<AddressedText[]> {
  const { texts, facts } = draft;
  const current = await currentSlugs(manager, draft, releaseId);
  const wishes = texts.flatMap((text) => {
    const { locale } = text;
    if (current.has(locale)) return [];
    return [{ locale, slug: slugs[locale] ?? slugOf(facts.number, titleOf(text), locale) }];
  });
  const place = { releaseId, edition: number };
  const granted = await repository.reserveSlugs(manager, place, wishes);
  return texts.map((text) => {
    const slug = current.get(text.locale) ?? granted.get(text.locale) ?? '';
    return { ...text, slug };
  });
}

/** The addresses of the texts in the last edition that had them, which may be before a retraction. */
async function currentSlugs(
  manager: EntityManager,
  { last, texts, facts }: Pick<EditionDraft, 'last' | 'texts' | 'facts'>,
  releaseId: string,
): Promise<Map<Locale, string>> {
  if (!last || last.edition.facts.number !== facts.number) return new Map();
  const missing = texts
    .map(({ locale }) => locale)
    .filter((locale) => !last.texts.some((text) => text.locale === locale));
  const before = [
    ...last.texts,
    ...(missing.length > 0 ? await repository.lastAddresses(manager, releaseId, missing) : []),
  ];
  return new Map(
    texts.flatMap((text): [Locale, string][] => {
      const old = before.find(({ locale }) => locale === text.locale);
      return old && titleOf(old) === titleOf(text) ? [[text.locale, old.slug]] : [];
    }),
  );
}

/** The title as readers see it, without markup. */
function titleOf({ segments }: Pick<EditionText, 'segments'>): string {
  const title = segments.find(({ kind }) => kind === 'TITLE')?.text ?? '';
  return renderInline(title).plainText;
}

interface ProjectionOptions {
  readonly texts: readonly AddressedText[];
  /** The locales whose words are those of the last edition. */
  readonly unchanged: readonly Locale[];
  readonly corrections: readonly Correction[];
}

async function project(
  manager: EntityManager,
  edition: EditionRow,
  { texts, unchanged, corrections }: ProjectionOptions,
): Promise<void> {
  if (texts.length === 0) return removeProjection(manager, edition.releaseId);
  await publishTopics(manager, edition.facts.topicIds);
  const firstPublished = await firstPublications(manager, edition.releaseId);
  const masks = editionMasks(texts, maskOf(firstPublished.keys()));
  const modified = await modifications(manager, edition, unchanged);
  await writeProjection(manager, { edition, texts, masks, firstPublished, modified, corrections });
}

/**
 * When the words of each locale last changed for readers; no entry for a text that has not changed since it was first
 * published. The time of a carried-over text stays, whatever else the edition changes.
 */
async function modifications(
  manager: EntityManager,
  { releaseId, number, publishedAt }: EditionRow,
  unchanged: readonly Locale[],
): Promise<Map<Locale, Date>> {
  const before = await repository.modifiedBefore(manager, releaseId, number);
  return new Map(
    [...before].flatMap(([locale, at]): [Locale, Date][] => {
      if (!unchanged.includes(locale)) return [[locale, publishedAt]];
      return at ? [[locale, at]] : [];
    }),
  );
}
