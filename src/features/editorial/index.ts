export { EditorialReleaseResolver, ScheduleResolver } from './editorial-release.resolver.js';
export { EditorialSessions } from './editorial-session.js';
export { CommentResolver, TranslationResolver } from './translation.resolver.js';
