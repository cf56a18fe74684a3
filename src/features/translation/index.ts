export { type LocaleSegment, readingOrder } from './reading-order.policy.js';
export { loadSegments } from './translation.repository.js';
export {
  type OwnSegment,
  replaceTranslation,
  type TargetText,
  type WholeTranslation,
} from './replace-translation.service.js';
export { saveTranslation } from './save-translation.service.js';
export { confirmCurrent } from './confirm-current.service.js';
export { restoreRevision } from './restore-revision.service.js';
export { type DifferencePart, differenceBetween } from './difference.policy.js';
export { CommentMutationResolver, CommentResolver } from './comment.resolver.js';
export { findCommentNode } from './comment.types.js';
export { TranslationHistoryResolver, TranslationRevisionResolver } from './history.resolver.js';
export { TextMutationRunner } from './text-mutation-runner.js';
export { findTranslationPlace } from './translation-id.js';
export { TranslationLoaders } from './translation-loaders.js';
export { TranslationMutationResolver } from './translation-mutations.resolver.js';
export { ReleaseTranslationsResolver, TranslationResolver } from './translation.resolver.js';
export { localeNode, TranslationConnection } from './translation.types.js';
export { WorkflowResolver } from './workflow.resolver.js';
