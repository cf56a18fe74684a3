import { isLocale } from '../../kernel/locale.js';
import { globalId, isUuid, parseGlobalId } from '../../platform/graphql/schema/global-id.js';
import type { TextPlace } from './text-place.js';

export function translationId({ releaseId, locale }: TextPlace): string {
  return globalId('Translation', releaseId, locale);
}

/** The release and locale that a global id names; null if it is not the id of a translation. */
export function findTranslationPlace(id: string): TextPlace | null {
  const parsed = parseGlobalId(id);
  const [releaseId, locale, ...rest] = parsed?.parts ?? [];
  if (parsed?.type !== 'Translation' || rest.length > 0) return null;
  return isUuid(releaseId) && isLocale(locale) ? { releaseId, locale } : null;
}
