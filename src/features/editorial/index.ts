export { EditorialReleaseResolver, ScheduleResolver } from './editorial-release.resolver.js';
export { EditorialSessions } from './editorial-session.js';
export { EditorialQueryResolver } from './query.resolver.js';
export { findStaffNode } from './staff-node.js';
export { ReleaseMutationResolver } from './release-mutations.resolver.js';
export { CommentResolver, TranslationResolver } from './translation.resolver.js';
