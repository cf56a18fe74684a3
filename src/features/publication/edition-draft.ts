import type { EntityManager } from 'typeorm';

import { type Locale, LOCALES } from '../../kernel/locale.js';
import {
  loadFacts,
  loadVersions,
  type ReleaseEntity,
  sourceDigests,
  type TranslationEntity,
} from '../release/index.js';
import { type LocaleSegment, loadSegments, readingOrder } from '../translation/index.js';
import { carriedText, type EditionSource, type EditionText, freshText } from './edition.js';
import type { EditionFacts } from './edition.entity.js';
import * as repository from './edition.repository.js';
import type { Candidate } from './readiness.policy.js';

/** An edition before it is written, and what the rules have to judge of it. */
export interface EditionDraft {
  readonly last: repository.LastEdition | null;
  readonly texts: readonly EditionText[];
  readonly facts: EditionFacts;
  readonly candidates: readonly Candidate[];
}

/**
 * Puts the next edition together: the named locales as their writers left them, the others as they are public now.
 *
 * @param locales null: every approved one
 */
export async function draftEdition(
  manager: EntityManager,
  release: ReleaseEntity,
  locales: readonly Locale[] | null,
): Promise<EditionDraft> {
  const translations = await repository.loadTranslations(manager, release.id);
  const last = await repository.findLastEdition(manager, release.id);
  const carried = new Map(last?.texts.map((text) => [text.locale, text]));
  const named = new Set(
    locales ?? (await unnamedLocales(manager, release.id, translations, carried.size > 0)),
  );
  if (!carried.has(release.originalLocale)) named.add(release.originalLocale);

  const segments = new Map<Locale, readonly LocaleSegment[]>();
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

/** Every approved one; but what was taken back from a release that is still public comes out again by name only. */
async function unnamedLocales(
  manager: EntityManager,
  releaseId: string,
  translations: ReadonlyMap<Locale, TranslationEntity>,
  isPublic: boolean,
): Promise<Locale[]> {
  const approved = LOCALES.filter((locale) => translations.get(locale)?.state === 'APPROVED');
  const retracted = isPublic ? await repository.retractedLocales(manager, releaseId) : [];
  return approved.filter((locale) => !retracted.includes(locale));
}

/** Texts are judged against the original that the edition itself has: the newest one, or the one carried over. */
async function editionSource(
  manager: EntityManager,
  release: ReleaseEntity,
  fresh: ReadonlyMap<Locale, readonly LocaleSegment[]>,
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
