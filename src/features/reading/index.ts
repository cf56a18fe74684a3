export { excerptOf } from '../../kernel/excerpt.js';
export { CorrectionsResolver } from './corrections.resolver.js';
export { JsonLdResolver } from './json-ld.resolver.js';
export { LocalizedPageResolver } from './localized-page.resolver.js';
export { LocalizedReleaseResolver } from './localized-release.resolver.js';
export { NodeResolver } from './node.resolver.js';
export { ReleaseQueryResolver } from './query.resolver.js';
export { type ReadingContext, ReadingSession, ReadingSessions } from './reading-session.js';
export type { TextRecord } from './text-record.js';
export { SearchMatchResolver } from './search-match.resolver.js';
export { filterSql } from './release-filter.js';
export {
  type PublicLocale,
  RELEASE_COLUMNS,
  type ReleaseRecord,
  releaseRecord,
  type ReleaseRow,
} from './release-record.js';
export { LocaleResolutionType } from './localized.types.js';
export { localizedNode, ReleaseResolver } from './release.resolver.js';
export { localizedReleaseId, LocalizedReleaseType, ReleaseType } from './release.types.js';
export {
  availabilitySql,
  type ServedLocale,
  servedLocale,
  servedSql,
} from './served-locale.sql.js';
export { allOf, SqlValues } from './sql.js';
export { RecordCache } from './record-cache.js';
