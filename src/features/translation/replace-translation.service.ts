import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { BlockKind, TextOrigin } from '../../kernel/release.js';
import {
  type Authorship,
  beginRevision,
  getLocked,
  loadOriginal,
  recordText,
  ReleaseEntity,
  sourceDigests,
  WHOLE_ORIGINAL,
} from '../release/index.js';
import type { LocaleSegment } from './reading-order.policy.js';
import { loadSegments, replaceTexts } from './translation.repository.js';

/** The text of a segment of the original in this locale; null omits it on purpose. */
export interface TargetText {
  readonly key: string;
  readonly text: string | null;
}

/** A segment that only this locale has; `key` is null for a new one. */
export interface OwnSegment {
  readonly key: string | null;
  readonly kind: BlockKind | 'SUMMARY';
  readonly text: string;
  readonly afterKey: string | null;
}

export interface WholeTranslation {
  readonly releaseId: string;
  readonly locale: Locale;
  /** The revision of this locale that the caller edited; 0 if there was none. */
  readonly expectedRevision: number;
  readonly origin: TextOrigin;
  readonly targets: readonly TargetText[];
  readonly own: readonly OwnSegment[];
  /** Whether unchanged texts count as translated from the current source. */
  readonly renewsAll: boolean;
}

/**
 * Replaces the text of one locale: segments that are not in the input are removed. An unchanged text refers to the
 * source that it was translated from, unless `renewsAll` is true.
 *
 * @returns whether anything changed
 * @throws AppError REVISION_MOVED if someone else saved first, NOT_FOUND
 */
export async function replaceTranslation(
  manager: EntityManager,
  translation: WholeTranslation,
  authorship: Authorship,
): Promise<boolean> {
  const release = await getLocked(manager, translation.releaseId);
  const { locale } = translation;
  const before = await loadSegments(manager, release.id, locale);
  const original = await loadOriginal(manager, release.id, release.originalLocale);
  const digests = sourceDigests(original);

  let nextKey = release.nextKey;
  const kinds = new Map(before.map(({ key, kind }) => [key, kind]));
  const own = translation.own.map((segment): LocaleSegment => {
    const key = segment.key ?? `b${nextKey++}`;
    return written(translation, { ...segment, key, own: true }, digests.get(WHOLE_ORIGINAL));
  });
  const order = original.map(({ key }) => key);
  const inOrder = translation.targets.toSorted(
    (a, b) => order.indexOf(a.key) - order.indexOf(b.key),
  );
  const targets = inOrder.map(({ key, text }): LocaleSegment => {
    const place = { key, kind: kinds.get(key) ?? 'PARAGRAPH', own: false, afterKey: null, text };
    return written(translation, place, digests.get(key));
  });
  const after = [...targets, ...own].map((segment) => keepSource(before, segment, translation));
  if (sameTexts(before, after)) return false;

  const place = { releaseId: release.id, locale };
  const revision = await beginRevision(manager, place, translation.expectedRevision, authorship);
  if (nextKey !== release.nextKey) {
    await manager.update(ReleaseEntity, { id: release.id }, { nextKey });
  }
  // A new locale has nothing to replace.
  await replaceTexts(manager, place, after, { isNew: translation.expectedRevision === 0 });
  await recordText(manager, release.id, locale, revision, authorship);
  return true;
}

function written(
  { origin }: WholeTranslation,
  segment: Pick<LocaleSegment, 'key' | 'kind' | 'own' | 'afterKey' | 'text'>,
  digest: string | undefined,
): LocaleSegment {
  return { ...segment, omitted: segment.text === null, sourceDigest: digest ?? null, origin };
}

function keepSource(
  before: readonly LocaleSegment[],
  segment: LocaleSegment,
  { renewsAll }: WholeTranslation,
): LocaleSegment {
  const old = before.find(({ key }) => key === segment.key);
  const same = old?.text === segment.text && old.omitted === segment.omitted;
  if (renewsAll || !same || old.sourceDigest === null) return segment;
  return { ...segment, sourceDigest: old.sourceDigest, origin: old.origin };
}

function sameTexts(before: readonly LocaleSegment[], after: readonly LocaleSegment[]): boolean {
  const shape = ({ key, kind, own, afterKey, text, omitted, sourceDigest }: LocaleSegment) => {
    return [key, kind, own, afterKey, text, omitted, sourceDigest];
  };
  const there = before.filter(({ text, omitted }) => text !== null || omitted);
  return JSON.stringify(there.map(shape)) === JSON.stringify(after.map(shape));
}
