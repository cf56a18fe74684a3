import type { EntityManager } from 'typeorm';

import { Invalid } from '../../kernel/refusal.js';
import type { StartedState } from '../../kernel/workflow.js';
import {
  findTranslation,
  loadOriginal,
  lockRelease,
  type ReleaseEntity,
  sourceDigests,
  type SourceSegment,
  WHOLE_ORIGINAL,
} from '../release/index.js';
import type { LocaleSegment } from './reading-order.policy.js';
import type { TextPlace } from './text-place.js';
import { loadSegments } from './translation.repository.js';

/** One locale of a release that is locked until the transaction ends. */
export interface LocaleText extends TextPlace {
  readonly release: ReleaseEntity;
  readonly isOriginal: boolean;
  /** null: not started. */
  readonly state: StartedState | null;
  /** 0: not started. */
  readonly revision: number;
  /** Those of the original first, then those that only this locale has, both in their order. */
  readonly segments: readonly LocaleSegment[];
  /** The newest saved original. */
  readonly original: readonly SourceSegment[];
  /** Of the newest saved original, by key; that of the whole has the key WHOLE_ORIGINAL. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * Locks a release, so that revisions and sources do not change, and loads one locale of it.
 *
 * @throws Invalid NOT_FOUND
 */
export async function openText(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
): Promise<LocaleText> {
  const release = await lockRelease(manager, releaseId);
  if (!release) throw new Invalid('NOT_FOUND', {}, ['releaseId']);
  const { originalLocale } = release;
  const translation = await findTranslation(manager, releaseId, locale);
  const original = await loadOriginal(manager, releaseId, originalLocale);
  return {
    releaseId,
    locale,
    release,
    isOriginal: locale === originalLocale,
    state: translation?.state ?? null,
    revision: translation?.revision ?? 0,
    segments: await loadSegments(manager, releaseId, locale),
    original,
    digests: sourceDigests(original),
  };
}

/** The digest of the source of a segment: its own, or the whole original. */
export function presentDigest(
  { digests }: Pick<LocaleText, 'digests'>,
  { key, own }: Pick<LocaleSegment, 'key' | 'own'>,
): string | null {
  return digests.get(own ? WHOLE_ORIGINAL : key) ?? null;
}

/** @throws Invalid ORIGINAL_LOCALE */
export function refuseOriginal({ isOriginal }: LocaleText): void {
  if (isOriginal) throw new Invalid('ORIGINAL_LOCALE', {}, ['locale']);
}
