import { Invalid } from '../../kernel/refusal.js';
import { type Locale, isLocale } from '../../kernel/locale.js';
import { globalId, isUuid, parseGlobalId } from '../../platform/graphql/schema/global-id.js';

/** The release that an id names, its own or that of the published release; null for an id of something else. */
export function findReleaseId(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [uuid, ...rest] = parsed?.parts ?? [];
  const names = parsed?.type === 'EditorialRelease' || parsed?.type === 'Release';
  return names && rest.length === 0 && isUuid(uuid) ? uuid : null;
}

/** @throws Invalid NOT_FOUND */
export function releaseIdOf(id: string, path: readonly string[] = ['releaseId']): string {
  const found = findReleaseId(id);
  if (found === null) throw new Invalid('NOT_FOUND', {}, path);
  return found;
}

/** The bare id for an audit row, before it is known whether there is such a release. */
export function subjectOf(id: string): string {
  return findReleaseId(id) ?? id.slice(0, 100);
}

export function translationId(releaseId: string, locale: Locale): string {
  return globalId('Translation', releaseId, locale);
}

/** The release and locale that the id of a translation names; null for an id of something else. */
export function findTranslationId(id: string): { releaseId: string; locale: Locale } | null {
  const parsed = parseGlobalId(id);
  const [releaseId, locale, ...rest] = parsed?.parts ?? [];
  if (parsed?.type !== 'Translation' || rest.length > 0) return null;
  return isUuid(releaseId) && isLocale(locale) ? { releaseId, locale } : null;
}

/** The comment that an id names; null for an id of something else. */
export function findCommentId(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [uuid, ...rest] = parsed?.parts ?? [];
  return parsed?.type === 'Comment' && rest.length === 0 && isUuid(uuid) ? uuid : null;
}
