import type { EntityManager } from 'typeorm';

import { type Locale, maskOf } from '../../kernel/locale.js';
import { type Change, publishTopics } from '../audience/index.js';
import { editionMasks, type EditionText } from './edition.js';
import type { EditionDraft } from './edition-draft.js';
import type { EditionRow } from './edition-row.js';
import * as repository from './edition.repository.js';
import { removeProjection, writeProjection } from './projection.repository.js';
import { slugOf } from './slug.js';

export interface EditionStep {
  readonly releaseId: string;
  readonly kind: 'PUBLISHED' | 'RETRACTED';
  readonly by: string;
  readonly reason: string | null;
  /** Newly published, replaced or taken back. */
  readonly changed: readonly Locale[];
}

type AddressedText = EditionText & { readonly slug: string };

/**
 * Writes an edition with the readers' rows, and the step into the history of each locale.
 *
 * @returns the edition and, for the last statement of the transaction, its row of the change log
 */
export async function writeEdition(
  manager: EntityManager,
  draft: Pick<EditionDraft, 'last' | 'texts' | 'facts'>,
  { releaseId, kind, by, reason, changed }: EditionStep,
): Promise<{ edition: EditionRow; change: Change }> {
  const { last, facts } = draft;
  const number = (last?.edition.number ?? 0) + 1;
  const texts = await addressed(manager, draft, { releaseId, number, changed });
  const row = {
    releaseId,
    number,
    kind,
    publishedBy: by,
    changedLocales: [...changed],
    reason,
    facts,
  };
  const publishedAt = await repository.insertEdition(manager, row, texts);
  const edition: EditionRow = { ...row, publishedAt };
  // What was taken back is in no text of this edition, but in those of the one before.
  const touched = (kind === 'PUBLISHED' ? texts : (last?.texts ?? [])).filter(({ locale }) => {
    return changed.includes(locale);
  });
  const step = { action: kind, by, comment: reason, texts: touched };
  await repository.markPublished(manager, releaseId, texts, step);
  await project(manager, edition, texts);
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

/** A text that stays as it was keeps its address. */
async function addressed(
  manager: EntityManager,
  { last, texts, facts }: Pick<EditionDraft, 'last' | 'texts' | 'facts'>,
  { releaseId, number, changed }: { releaseId: string; number: number; changed: readonly Locale[] },
): Promise<AddressedText[]> {
  const kept = new Map(
    last?.texts.flatMap(({ locale, slug }) => (changed.includes(locale) ? [] : [[locale, slug]])),
  );
  const wishes = texts.flatMap((text) => {
    const { locale } = text;
    return kept.has(locale) ? [] : [{ locale, slug: slugOf(facts.number, titleOf(text)) }];
  });
  const place = { releaseId, edition: number };
  const granted = await repository.reserveSlugs(manager, place, wishes);
  return texts.map((text) => {
    const slug = kept.get(text.locale) ?? granted.get(text.locale) ?? '';
    return { ...text, slug };
  });
}

function titleOf(text: EditionText): string {
  return text.segments.find(({ kind }) => kind === 'TITLE')?.text ?? '';
}

async function project(
  manager: EntityManager,
  edition: EditionRow,
  texts: readonly AddressedText[],
): Promise<void> {
  if (texts.length === 0) return removeProjection(manager, edition.releaseId);
  await publishTopics(manager, edition.facts.topicIds);
  const firstPublished = await repository.firstPublished(manager, edition.releaseId);
  const masks = editionMasks(texts, maskOf(firstPublished.keys()));
  await writeProjection(manager, { edition, texts, masks, firstPublished });
}
