export type { PublishedBlock, PublishedContent, PublishedText } from './edition.js';
export { restoreSlugs, retractedLocales } from './edition.repository.js';
export {
  type FirstPublicationInput,
  type KnownPublication,
  recordFirstPublications,
} from './first-publication.repository.js';
export {
  publish,
  type PublishedEdition,
  type PublishRequest,
  retract,
  type RetractRequest,
} from './publication.service.js';
export {
  cancelSchedule,
  type EditionOutcome,
  publishOrSchedule,
  retractNow,
} from './schedule.service.js';
export {
  listWaiting,
  recordServer,
  type ScheduledRelease,
  type ServerRecord,
} from './server-history.repository.js';
export { ScheduleWorker } from './schedule-worker.js';
export { scheduleCounts, type ScheduleCounts } from './schedule-counts.js';
export { fillSearchIndex } from './search-index.js';
export { SearchIndexer } from './search-indexer.js';
export { judgeEdition, NotReady, type Readiness } from './readiness.js';
export { settleProjection } from './projection.repository.js';
export {
  UNMET_REASONS,
  type UnmetReason,
  type UnmetRule,
  type Waiver,
} from './readiness.policy.js';
export { checkedReason, checkedWaivers } from './reason.policy.js';
export { leastReviewed } from './origin.policy.js';
export { type Renderings, type TextHead, textHead } from './text-head.js';
