export {
  PUBLISH_POLICIES,
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
} from './source.js';
export type { SegmentDraft } from './original.policy.js';
export {
  changeFacts,
  changeOriginal,
  draftRelease,
  type FactsInput,
  type ReleaseInput,
} from './drafting.service.js';
export type { SegmentInput } from './original-input.policy.js';
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
  type NewRelease,
  type OriginalRevision,
  type ReleaseFacts,
  reviseOriginal,
  updateFacts,
} from './release.service.js';
