export {
  type PublishPolicy,
  ReleaseEntity,
  ReleaseStateEntity,
  ReleaseTopicEntity,
} from './release.entity.js';
export {
  REVISION_ACTIONS,
  type RevisionAction,
  SegmentEntity,
  SegmentTextEntity,
  SourceVersionEntity,
  TranslationEntity,
  TranslationRevisionEntity,
} from './segment.entity.js';
export {
  freshnessAgainst,
  sourceDigests,
  type SourceSegment,
  type SourceVersion,
  WHOLE_ORIGINAL,
} from './source.policy.js';
export type { SegmentDraft } from './original.policy.js';
export { EditorialLoaders, LoadersBySnapshot } from './editorial-loaders.js';
export type { EditorialRecord, StoredSchedule, TranslationRecord } from './editorial-record.js';
export { listEditorialReleases } from './editorial-release.repository.js';
export { EditorialReleaseResolver } from './release.resolver.js';
export { ReleaseMutationResolver } from './release-mutations.resolver.js';
export {
  EditorialReleaseConnection,
  editorialReleaseNode,
  EditorialReleaseType,
} from './release.types.js';
export { auditedReleaseId, findReleaseId, getReleaseId } from './release-id.js';
export { MAX_TITLE_LENGTH, segmentText } from './segment-text.policy.js';
export {
  findTranslation,
  lastWritten,
  loadOriginal,
  lockRelease,
  lockReleaseByNumber,
  recordText,
  type RevisionNote,
} from './release.repository.js';
export {
  type Authorship,
  beginRevision,
  createRelease,
  getLocked,
  loadFacts,
  lockOriginal,
  type NewRelease,
  type OriginalRevision,
  type ReleaseFacts,
  reviseOriginal,
  updateFacts,
} from './release.service.js';
