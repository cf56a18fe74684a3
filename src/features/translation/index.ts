export { type LocaleSegment, readingOrder } from './reading-order.js';
export { loadSegments } from './translation.repository.js';
export {
  type OwnSegment,
  replaceTranslation,
  type TargetText,
  type WholeTranslation,
} from './translation.service.js';
export type { TextPlace } from './text-place.js';
export { saveTranslation, type SaveRequest } from './save-translation.js';
export type { Target } from './targets.policy.js';
export { confirmCurrent, type ConfirmRequest } from './confirm-current.js';
export { restoreRevision, type RestoreRequest } from './restore-revision.js';
export { type StepRequest, type StepRules, takeStep } from './workflow-steps.js';
export { addComment, resolveComment } from './comment.service.js';
export { findCommentPlace, type NewComment } from './comment.repository.js';
export { type AssignRequest, assignTranslation } from './assignment.js';
export {
  countSteps,
  type HistoryPage,
  type HistoryStep,
  loadHistories,
  loadRecordedTexts,
  type TextRevision,
} from './history-page.repository.js';
export {
  DIFFERENCE_PARTS,
  type DifferencePart,
  type DifferencePartKind,
  differenceBetween,
  SEGMENT_CHANGES,
  type SegmentChange,
  type SegmentDifference,
} from './difference.policy.js';
export { findOriginalLocale } from './translation.repository.js';
