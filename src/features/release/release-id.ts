import { Invalid } from '../../kernel/refusal.js';
import { globalId, isUuid, parseGlobalId } from '../../platform/graphql/schema/global-id.js';

export function editorialReleaseId(releaseId: string): string {
  return globalId('EditorialRelease', releaseId);
}

/** The release that a global id names, that of the EditorialRelease or of the Release; null for any other id. */
export function findReleaseId(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [uuid, ...rest] = parsed?.parts ?? [];
  const names = parsed?.type === 'EditorialRelease' || parsed?.type === 'Release';
  return names && rest.length === 0 && isUuid(uuid) ? uuid : null;
}

/** @throws Invalid NOT_FOUND */
export function getReleaseId(id: string, path: readonly string[] = ['releaseId']): string {
  const found = findReleaseId(id);
  if (found === null) throw new Invalid('NOT_FOUND', {}, path);
  return found;
}

/** The id for an audit row, before it is known whether the release exists. */
export function auditedReleaseId(id: string): string {
  return findReleaseId(id) ?? id.slice(0, 100);
}
