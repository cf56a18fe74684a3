export {
  type PublishPolicy,
  ReleaseEntity,
  ReleaseStateEntity,
  ReleaseTopicEntity,
} from './release.entity.js';
export {
  type RevisionAction,
  SegmentEntity,
  SegmentTextEntity,
  SourceVersionEntity,
  TranslationEntity,
  TranslationRevisionEntity,
  type TranslationState,
} from './segment.entity.js';
export {
  freshnessAgainst,
  segmentDigest,
  sourceDigests,
  type SourceSegment,
  type SourceVersion,
  WHOLE_ORIGINAL,
} from './source.js';
export type { SegmentDraft } from './original.policy.js';
export {
  findTranslation,
  lastWritten,
  loadOriginal,
  loadVersions,
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
export { alignBlocks } from './import/align-blocks.js';
export type { ImportedRelease, ImportedText, Note, Refusal } from './import/imported.js';
export { matchRevised } from './import/match-revised.js';
export { findMentions } from './import/mentions.js';
export { isMinorChange } from './import/minor-change.js';
export {
  formatReleaseLine,
  type LineResult,
  MAX_LINE_LENGTH,
  releaseLineParser,
} from './import/release-line.js';
export { parsePage, type PageResult, type ReleasePage } from './import/parse-page.js';
export { MAX_PAGE_BYTES } from './import/page-bytes.js';
