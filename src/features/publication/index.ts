export type { Correction, CorrectionNotes } from './correction-row.js';
export type { PublishedBlock, PublishedContent, PublishedText } from './edition.policy.js';
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
export { cancelSchedule, publishOrSchedule } from './schedule.service.js';
export { PublicationMutationResolver } from './publication.resolver.js';
export { ReadinessResolver } from './readiness.resolver.js';
export { ReleaseScheduleResolver, ScheduleResolver } from './schedule.resolver.js';
export {
  listWaiting,
  recordServer,
  type ScheduledRelease,
  type ServerRecord,
} from './server-history.repository.js';
export { ScheduleWorker } from './schedule-worker.js';
export { scheduleCounts, type ScheduleCounts } from './schedule-counts.repository.js';
export { fillSearchIndex } from './search-index.repository.js';
export { SearchIndexer } from './search-indexer.js';
export type { Readiness } from './readiness.service.js';
export { settleProjection } from './projection.repository.js';
export type { Waiver } from './readiness.policy.js';
export { leastReviewed } from './origin.policy.js';
export { type Renderings, type TextFields, textFields } from './text-summary.policy.js';
